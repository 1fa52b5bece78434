import type { Content } from '../content.ts';
import { searchBytes } from './byte-search.ts';

const VERMAGIC = Buffer.from('\0vermagic=', 'latin1');
/** The kernel compares a whole line; real ones have under 100 characters. */
const MAX_VERMAGIC = 256;

/** True for the names that kernel modules have, compressed or not. */
export function isKernelModule(path: string): boolean {
  return /\.ko(\.(gz|xz|zst))?$/.test(path);
}

/**
 * The `vermagic=` line of an uncompressed kernel module (its .modinfo section): the release of the kernel that it was
 * built for, and the build options that must match. Undefined when there is none, as in a compressed one.
 */
export async function readVermagic(content: Content): Promise<string | undefined> {
  for await (const { window, at } of searchBytes(content, [VERMAGIC])) {
    const from = at + VERMAGIC.length;
    const end = window.indexOf(0, from);
    if (end !== -1 && end - from <= MAX_VERMAGIC)
      return window.toString('latin1', from, end).trim();
  }
  return undefined;
}
