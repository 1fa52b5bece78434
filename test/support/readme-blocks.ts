import { readFileSync } from 'node:fs';

export interface ReadmeBlock {
  /** The heading above it. */
  readonly section: string;
  /** `sh`, or `console` for commands with what they print. */
  readonly language: string;
  readonly text: string;
}

/** Where a block can be tried: in any directory, with the real Docker image, on a node, with updates, or nowhere. */
export type Place =
  | 'sandbox'
  | 'real image'
  | 'node'
  | 'node with updates'
  | { readonly nowhere: string };

const BLOCK = /^(#+) (.*)$|^```(sh|console)\n([\s\S]*?)^```$/gm;

/** The commands of README.md, in its order. */
export function readmeBlocks(): ReadmeBlock[] {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const blocks: ReadmeBlock[] = [];
  let section = '';
  for (const [, hashes, heading, language, text] of readme.matchAll(BLOCK)) {
    if (hashes !== undefined) section = heading ?? '';
    else blocks.push({ section, language: language ?? '', text: text ?? '' });
  }
  return blocks;
}

/** What no test runs as it is, by a part of it, with the reason. */
const NOWHERE: Readonly<Record<string, string>> = {
  'npm ci && npm run build':
    '.ci/run begins with it; within a test it would replace the packages that run the test',
};

export function placeOf({ text }: ReadmeBlock): Place {
  const reason = Object.entries(NOWHERE).find(([part]) => text.includes(part))?.[1];
  if (reason !== undefined) return { nowhere: reason };
  if (text.includes('systemd-sysupdate -C')) return 'node with updates';
  if (/MiB, for ID=/.test(text)) return 'real image';
  return /^(ls|sudo (?!torcx2sysext))/m.test(text) ? 'node' : 'sandbox';
}
