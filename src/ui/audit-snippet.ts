import type { Finding } from '../finding.ts';
import { safeText } from './safe-text.ts';
import { textWidth } from './wrap-text.ts';

/** A line of a file with the part that a finding is about. */
export interface MarkedLine {
  readonly text: string;
  /** Spaces and carets that stand below `text`. */
  readonly marks: string;
}

export interface MarkedLineOptions {
  /** In characters. */
  readonly width: number;
  /** Stands where the line was cut. */
  readonly cut?: string;
  /** Makes a text fit to be shown. */
  readonly shown?: (text: string) => string;
}

/** The finding's line, shortened around the part that it is about. Undefined for a finding about a file as a whole. */
export function markedLine(
  finding: Finding,
  { width, cut = '...', shown = safeText }: MarkedLineOptions,
): MarkedLine | undefined {
  const { snippet = '', line, column = 1, endLine = line, endColumn = column + 1 } = finding;
  if (line === undefined || snippet.trim() === '') return;
  const end = endLine === line ? endColumn - 1 : snippet.length;
  // A tab would move the carets away from what they mark.
  const part = (from: number, to?: number) => shown(snippet.slice(from, to).replaceAll('\t', ' '));
  const before = part(0, column - 1).trimStart();
  const marked = part(column - 1, Math.max(end, column));
  const after = part(Math.max(end, column)).trimEnd();
  const parts = { before, marked: before === '' ? marked.trimStart() : marked, after };
  return windowed(parts, { width, cut });
}

interface Parts {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

interface Window {
  readonly width: number;
  readonly cut: string;
}

function windowed(parts: Parts, { width, cut }: Window): MarkedLine {
  const marked = cutEnd(parts.marked.trimEnd(), { width, cut });
  const room = width - textWidth(marked);
  const beforeRoom = Math.max(room - textWidth(parts.after), Math.floor(room / 2));
  const before = cutStart(parts.before, { width: beforeRoom, cut });
  const after = cutEnd(parts.after, { width: room - textWidth(before), cut });
  return {
    text: before + marked + after,
    marks: ' '.repeat(textWidth(before)) + '^'.repeat(Math.max(1, textWidth(marked))),
  };
}

function cutEnd(text: string, { width, cut }: Window): string {
  const characters = Array.from(text);
  if (characters.length <= width) return text;
  return width < cut.length ? '' : characters.slice(0, width - cut.length).join('') + cut;
}

function cutStart(text: string, { width, cut }: Window): string {
  const characters = Array.from(text);
  if (characters.length <= width) return text;
  const from = characters.length - width + cut.length;
  return width < cut.length ? '' : cut + characters.slice(from).join('');
}
