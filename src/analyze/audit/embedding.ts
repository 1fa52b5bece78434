import type { TextEdit } from '../../rewrite/text-edit.ts';
import { LineIndex } from './line-index.ts';

/** Replaces the lines from `startLine` to `endLine` by `text`, which has its own line ends; empty: they go. */
export interface LineChange {
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
}

/** A text that stands inside another one, and the way back. */
export interface Embedding {
  /** As the node gets it, decoded. */
  readonly text: string;
  /** Range of the carrier's text that holds it. */
  readonly start: number;
  readonly end: number;
  /** Offset in the carrier's text of the decoded character at `offset`. */
  outerOffset(offset: number): number;
  /** What has to change in the carrier's text; undefined when the changes cannot be written in its form. */
  encode(changes: readonly LineChange[]): TextEdit[] | undefined;
}

interface MappedText {
  readonly text: string;
  /** For each decoded character, and for the end, where it begins in the carrier. */
  readonly offsets: ArrayLike<number>;
  /** A piece of decoded text in the carrier's spelling; undefined when it has none. */
  encode(text: string): string | undefined;
}

/** A text whose every character has a place of its own in the carrier: strings with escapes, percent-encoding. */
export function mappedEmbedding({ text, offsets, encode }: MappedText): Embedding {
  return pointwiseEmbedding({
    text,
    outerOffset: offset => offsets[Math.min(offset, text.length)] ?? 0,
    encode,
  });
}

interface PlainText {
  readonly text: string;
  /** Of the first character in the carrier. */
  readonly start: number;
  encode(text: string): string | undefined;
}

/** A text that stands in the carrier as it is. */
export function plainEmbedding({ text, start, encode }: PlainText): Embedding {
  const outerOffset = (offset: number) => start + Math.min(offset, text.length);
  return pointwiseEmbedding({ text, outerOffset, encode });
}

interface PointwiseText {
  readonly text: string;
  outerOffset(offset: number): number;
  encode(text: string): string | undefined;
}

/** What a change leaves alone keeps the carrier's own spelling, within a line too. */
function pointwiseEmbedding({ text, outerOffset, encode }: PointwiseText): Embedding {
  return {
    text,
    start: outerOffset(0),
    end: outerOffset(text.length),
    outerOffset,
    encode(changes) {
      const index = new LineIndex(text);
      const edits: TextEdit[] = [];
      for (const { startLine, endLine, text: after } of changes) {
        const start = index.start(startLine);
        const edit = smallestEdit(text.slice(start, index.end(endLine)), after);
        const encoded = encode(edit.text);
        if (encoded === undefined) return;
        const [from, to] = [edit.start, edit.end].map(offset => outerOffset(start + offset));
        edits.push({ start: from ?? 0, end: to ?? 0, text: encoded });
      }
      return edits;
    },
  };
}

/** Without the characters that both have at their ends. */
function smallestEdit(before: string, after: string): TextEdit {
  const shorter = Math.min(before.length, after.length);
  let head = 0;
  while (head < shorter && before[head] === after[head]) head += 1;
  let foot = 0;
  while (foot < shorter - head && before.at(-1 - foot) === after.at(-1 - foot)) foot += 1;
  // The halves of a surrogate pair have no place of their own.
  if (isHighSurrogate(before.charCodeAt(head - 1))) head -= 1;
  if (foot > 0 && isHighSurrogate(before.charCodeAt(before.length - foot - 1))) foot -= 1;
  return { start: head, end: before.length - foot, text: after.slice(head, after.length - foot) };
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

interface OpaqueText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The whole decoded text in the carrier's spelling. */
  encode(text: string): string | undefined;
}

/** A text whose characters cannot be told apart in the carrier: base64, compression. Any change rewrites it all. */
export function opaqueEmbedding({ text, start, end, encode }: OpaqueText): Embedding {
  return {
    text,
    start,
    end,
    outerOffset: () => start,
    encode(changes) {
      const encoded = encode(applyLineChanges(text, changes));
      return encoded === undefined ? undefined : [{ start, end, text: encoded }];
    },
  };
}

interface IndentedText {
  readonly outer: string;
  /** Range of whole lines in the carrier. */
  readonly start: number;
  readonly end: number;
  /** Characters that each line loses, as far as it has them. */
  readonly indentation: string;
}

/** Whole lines of the carrier, each without its indentation: block scalars, here-documents. */
export function indentedEmbedding({ outer, start, end, indentation }: IndentedText): Embedding {
  const lines = outer.slice(start, end).match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const inner: string[] = [];
  const innerStarts: number[] = [];
  const outerStarts: number[] = [];
  const skips: number[] = [];
  let innerAt = 0;
  let outerAt = start;
  for (const line of lines) {
    const skip = commonLead(line, indentation);
    inner.push(line.slice(skip));
    innerStarts.push(innerAt);
    outerStarts.push(outerAt);
    skips.push(skip);
    innerAt += line.length - skip;
    outerAt += line.length;
  }
  const text = inner.join('');
  const index = new LineIndex(text);
  return {
    text,
    start,
    end,
    outerOffset(offset) {
      const line = index.lineAt(offset) - 1;
      return (outerStarts[line] ?? start) + (skips[line] ?? 0) + offset - (innerStarts[line] ?? 0);
    },
    encode: changes =>
      changes.map(change => ({
        start: outerStarts[change.startLine - 1] ?? end,
        end: outerStarts[change.endLine] ?? end,
        text: change.text.replace(/^(?=[^\n])/gm, indentation),
      })),
  };
}

function commonLead(line: string, indentation: string): number {
  let at = 0;
  while (at < indentation.length && line.charAt(at) === indentation.charAt(at)) at += 1;
  return at;
}

/** @param changes of lines that do not overlap, in any order */
export function applyLineChanges(text: string, changes: readonly LineChange[]): string {
  const index = new LineIndex(text);
  let result = '';
  let done = 0;
  for (const change of [...changes].sort((a, b) => a.startLine - b.startLine)) {
    result += text.slice(done, index.start(change.startLine)) + change.text;
    done = index.end(change.endLine);
  }
  return result + text.slice(done);
}
