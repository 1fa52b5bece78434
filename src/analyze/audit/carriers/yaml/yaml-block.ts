import { type Embedding, indentedEmbedding, mappedEmbedding } from '../../embedding.ts';
import { isBlank, isTemplateLine, type YamlLine } from './yaml-line.ts';

export interface BlockHeader {
  readonly isFolded: boolean;
  /** Columns that the content is indented deeper than what it belongs to; absent: its first line tells. */
  readonly indicator?: number;
}

/** `|`, `>-`, `|2`, `>+1`, with a comment behind it perhaps (YAML 1.2.2, 8.1.1). */
export function blockHeader(text: string): BlockHeader | undefined {
  const match = /^([|>])(?:[-+]?([1-9])?|([1-9])[-+])[ \t]*(?:#.*)?$/.exec(text);
  if (!match) return;
  const [, style, first, second] = match;
  const indicator = first ?? second;
  return {
    isFolded: style === '>',
    ...(indicator !== undefined && { indicator: Number(indicator) }),
  };
}

export interface BlockPlace {
  /** The lines of the text, and the one behind the header. */
  readonly lines: readonly YamlLine[];
  readonly index: number;
  /** Of what the scalar belongs to: deeper lines are a part of it. */
  readonly column: number;
}

/** @returns undefined for a block without a line; `next` is the line behind it */
export function readBlock(
  source: string,
  header: BlockHeader,
  { lines, index, column }: BlockPlace,
): { readonly value?: Embedding; readonly next: number } {
  const content = contentIndentation(header, { lines, index, column });
  if (content === undefined) return { next: index };
  let last = index - 1;
  for (let at = index; at < lines.length; at += 1) {
    const line = lines[at];
    if (!line) break;
    // A template may take lines in or out from any column.
    if (isBlank(line) || (line.indentation < content.length && isTemplateLine(line))) continue;
    if (line.indentation <= column) break;
    last = at;
  }
  const start = lines[index]?.start;
  const end = lines[last]?.end;
  if (start === undefined || end === undefined || last < index) return { next: index };
  const literal = indentedEmbedding({ outer: source, start, end, indentation: content });
  return { value: header.isFolded ? folded(literal) : literal, next: last + 1 };
}

function contentIndentation(
  { indicator }: BlockHeader,
  { lines, index, column }: BlockPlace,
): string | undefined {
  if (indicator !== undefined) return ' '.repeat(Math.max(column, 0) + indicator);
  for (let at = index; at < lines.length; at += 1) {
    const line = lines[at];
    if (!line || isBlank(line) || isTemplateLine(line)) continue;
    return line.indentation > column ? line.text.slice(0, line.indentation) : undefined;
  }
  return;
}

/** Joins the lines of a folded scalar (YAML 1.2.2, 8.1.3): only blank and deeper ones break it. */
function folded(literal: Embedding): Embedding {
  const { text } = literal;
  const offsets: number[] = [];
  let result = '';
  const push = (character: string, offset: number) => {
    result += character;
    offsets.push(literal.outerOffset(offset));
  };
  for (let at = 0; at < text.length; ) {
    const breaks = breaksAt(text, at);
    const last = breaks.at(-1);
    if (last === undefined) {
      push(text.charAt(at), at);
      at += 1;
      continue;
    }
    const next = last + 1;
    const isAtEnd = at === 0 || next >= text.length;
    const isFixed = isAtEnd || isDeeper(text, next) || isDeeper(text, lineStart(text, at));
    if (!isFixed && breaks.length === 1) push(' ', at);
    else for (const offset of isFixed ? breaks : breaks.slice(1)) push('\n', offset);
    at = next;
  }
  offsets.push(literal.end);
  // A new line break would have to be written as two.
  const encode = (change: string) => (change.includes('\n') ? undefined : change);
  return mappedEmbedding({ text: result, offsets, encode });
}

/** Offsets of the LF of each line's end from `at` on; a CR before it is a part of that. */
function breaksAt(text: string, at: number): number[] {
  const breaks: number[] = [];
  for (let next = at; ; ) {
    if (text.charAt(next) === '\r') next += 1;
    if (text.charAt(next) !== '\n') return breaks;
    breaks.push(next);
    next += 1;
  }
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

function isDeeper(text: string, start: number): boolean {
  return text.charAt(start) === ' ' || text.charAt(start) === '\t';
}
