import type { TextRange } from '../analyze/unit-file.ts';
import { applyEdits, type TextEdit } from './text-edit.ts';

/** A colon-separated search path in a text, such as the value of `PATH=a:b`. */
export interface PathList {
  readonly start: number;
  readonly end: number;
  readonly elements: readonly PathListElement[];
}

export interface PathListElement {
  readonly start: number;
  readonly text: string;
}

/**
 * The search path that `position` lies in, if something named `…PATH` is given its value there.
 * @param lead what stands before the text, for instance the setting's key
 * @param from where to stop looking to the left
 */
export function pathListAt(
  text: string,
  position: number,
  { lead = '', from = 0 }: { readonly lead?: string; readonly from?: number } = {},
): PathList | undefined {
  const start = listStart(text, position, from);
  const before = (lead + text.slice(Math.max(0, start - LONGEST_NAME), start)).slice(-LONGEST_NAME);
  const isNamed = LIST_NAME.test(before);
  if (!isNamed && !SMALL_NAME.test(before)) return;
  const end = listEnd(text, position);
  const elements = splitElements(text.slice(start, end), start);
  return isNamed || isDirectoryList(elements) ? { start, end, elements } : undefined;
}

/** What surrounds `position` without a character that ends a search path, whatever it is. */
export function unbrokenRange(text: string, position: number): TextRange {
  return { start: listStart(text, position, 0), end: listEnd(text, position) };
}

function listStart(text: string, position: number, from: number): number {
  let start = position;
  while (start > from && !endsList(text, start - 1)) start -= 1;
  return start;
}

function listEnd(text: string, position: number): number {
  let end = position;
  while (end < text.length && !endsList(text, end)) end += 1;
  return end;
}

/**
 * What a search path becomes: its Torcx directories replaced, and gone where they are in it already.
 * @param edits those that lie in the list, ascending
 */
export function pathListEdit(list: PathList, edits: readonly TextEdit[]): TextEdit {
  const rewritten = editElements(list, edits);
  const present = new Set<string>();
  for (const { before, after } of rewritten) if (before === after) present.add(withoutSlash(after));
  const searchesDefaults = [...present].some(text => SEARCH_PATH_VARIABLE.test(text));
  const result: string[] = [];
  for (const { before, after } of rewritten) {
    if (before !== after) {
      const isCovered = searchesDefaults && DEFAULT_DIRECTORY.test(after);
      if (isCovered || present.has(withoutSlash(after))) continue;
      present.add(withoutSlash(after));
    }
    result.push(after);
  }
  return { start: list.start, end: list.end, text: result.join(':') };
}

/** Whether an element is the search path that was in force, or a directory that every search path has. */
export function isDefaultElement(element: string): boolean {
  return element === '' || SEARCH_PATH_VARIABLE.test(element) || DEFAULT_DIRECTORY.test(element);
}

/** The elements of a search path; a colon inside `${…}` separates nothing. */
export function splitElements(text: string, offset = 0): PathListElement[] {
  const elements: PathListElement[] = [];
  let start = 0;
  let depth = 0;
  for (let at = 0; at <= text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (at < text.length && (character !== ':' || depth > 0)) continue;
    elements.push({ start: offset + start, text: text.slice(start, at) });
    start = at + 1;
  }
  return elements;
}

const LIST_END = /[\s"'`=;&|()<>,]/;
const LONGEST_NAME = 64;
/** `$PATH` before a space is a use of the list, and no name of one. */
const LIST_NAME =
  /(?<!\$\w{0,40})(?:PATH|SearchPath|secure_path)["']?(?:\s+(?:DEFAULT|OVERRIDE))?(?:\s*(?:[+?]?=|:{0,2}=|:)\s*|\s+)(?:\\?["'])?$/;
/** A key that mostly has a single path. */
const SMALL_NAME = /(?<![\w$.-])(?:[a-z]+_)*path["']?\s*[:=]\s*["']?$/;
const SEARCH_PATH_VARIABLE = /^["']?[\\$]{0,4}\$(?:\{PATH\}|PATH)["']?$/;
const DEFAULT_DIRECTORY = /^\/(?:usr\/(?:local\/)?)?s?bin\/?$/;

/** `/a/bin:/usr/bin`, as opposed to one path, or to a mount. */
function isDirectoryList(elements: readonly PathListElement[]): boolean {
  return elements.length > 1 && elements.every(({ text }) => /^\/.*\/s?bin\/?$|PATH/.test(text));
}

/** An escaped variable goes on with the list; any other backslash, like a quote or a space, does not. */
function endsList(text: string, at: number): boolean {
  const character = text.charAt(at);
  if (isInnerQuote(text, at)) return false;
  return character === '\\' ? !/^\\*\$/.test(text.slice(at, at + 4)) : LIST_END.test(character);
}

/** `"$PATH":/a` and `/a:"$PATH"`: a shell joins what is quoted to what is not. */
function isInnerQuote(text: string, at: number): boolean {
  if (!/["']/.test(text.charAt(at))) return false;
  if (text.charAt(at + 1) === ':') return /[$/]/.test(text.charAt(at + 2));
  return text.charAt(at - 1) === ':' && text.charAt(at + 1) === '$';
}

function editElements({ elements }: PathList, edits: readonly TextEdit[]) {
  let next = 0;
  return elements.map(({ start, text }) => {
    const own: TextEdit[] = [];
    for (let edit = edits[next]; edit && edit.start < start + text.length; edit = edits[next]) {
      own.push({ start: edit.start - start, end: edit.end - start, text: edit.text });
      next += 1;
    }
    return { before: text, after: applyEdits(text, own) };
  });
}

function withoutSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/$/, '') : path;
}
