import { pathListAt, unbrokenRange } from '../../../rewrite/path-list.ts';
import type { Strength } from './mention.ts';

/** Longer names of a variable are nobody's. */
const LONGEST_NAME = 64;

/**
 * How much it matters that a directory of a search path is gone, or undefined when `offset` is in no search path.
 * @param lead what stands before the text, for instance the setting's key
 */
export function searchPathStrength(text: string, offset: number, lead = ''): Strength | undefined {
  const isKnown =
    last?.text === text && last.lead === lead && last.start <= offset && offset < last.end;
  if (!last || !isKnown) {
    last = { text, lead, ...unbrokenRange(text, offset), strength: strengthAt(text, offset, lead) };
  }
  return last.strength;
}

/** The answer of last time, which is that of the whole list: there may be thousands of directories in it. */
let last:
  | {
      readonly text: string;
      readonly lead: string;
      readonly start: number;
      readonly end: number;
      readonly strength: Strength | undefined;
    }
  | undefined;

function strengthAt(text: string, offset: number, lead: string): Strength | undefined {
  const list = pathListAt(text, offset, { lead });
  if (!list) return;
  const before = (lead + text.slice(Math.max(0, list.start - LONGEST_NAME), list.start)).slice(
    -LONGEST_NAME,
  );
  // Libraries of an image have no place that every search would find, and a program without them does not start.
  if (/LD_LIBRARY_PATH["']?\s*[=:\s]\s*["']?$/.test(before)) return 'hard';
  // What the variable held before goes on to be searched.
  if (/\+=["']?$/.test(before)) return 'soft';
  const others = list.elements.filter(
    element => element.text !== '' && !/torcx|TORCX_/.test(element.text),
  );
  const behind = text.slice(list.end, list.end + 20);
  const isJoined =
    (list.elements.length > 1 && /^["']\s*(?:\+|\.)\s*\w/.test(behind)) || FISH_REST.test(behind);
  return others.length > 0 || isJoined ? 'soft' : 'hard';
}

/** fish(1) parts a search path by spaces. */
const FISH_REST = /^[ \t]+["']?\$(?:PATH\b|\{PATH\})/;
