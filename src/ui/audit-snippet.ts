import type { Finding } from '../finding.ts';
import { safeText } from './safe-text.ts';
import { textWidth } from './wrap-text.ts';

/** A line of a file with the part that a finding is about. */
export interface MarkedLine {
  readonly text: string;
  /** Spaces and carets that stand below `text`. */
  readonly marks: string;
}

/**
 * The finding's line, shortened to `width` characters around the part that it is about. Undefined for a finding about a
 * file as a whole.
 */
export function markedLine(finding: Finding, width: number): MarkedLine | undefined {
  const { snippet = '', line, column = 1, endLine = line, endColumn = column + 1 } = finding;
  if (line === undefined || snippet.trim() === '') return;
  const end = endLine === line ? endColumn - 1 : snippet.length;
  const before = shown(snippet.slice(0, column - 1)).trimStart();
  const marked = shown(snippet.slice(column - 1, Math.max(end, column)));
  const after = shown(snippet.slice(Math.max(end, column))).trimEnd();
  return windowed({ before, marked: before === '' ? marked.trimStart() : marked, after }, width);
}

/** A tab would move the carets away from what they mark. */
function shown(text: string): string {
  return safeText(text.replaceAll('\t', ' '));
}

interface Parts {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

function windowed(parts: Parts, width: number): MarkedLine {
  const marked = cutEnd(parts.marked.trimEnd(), width);
  const room = width - textWidth(marked);
  const beforeRoom = Math.max(room - textWidth(parts.after), Math.floor(room / 2));
  const before = cutStart(parts.before, beforeRoom);
  const after = cutEnd(parts.after, room - textWidth(before));
  return {
    text: before + marked + after,
    marks: ' '.repeat(textWidth(before)) + '^'.repeat(Math.max(1, textWidth(marked))),
  };
}

const CUT = '…';

function cutEnd(text: string, width: number): string {
  const characters = Array.from(text);
  if (characters.length <= width) return text;
  return width < 1 ? '' : characters.slice(0, width - 1).join('') + CUT;
}

function cutStart(text: string, width: number): string {
  const characters = Array.from(text);
  if (characters.length <= width) return text;
  return width < 1 ? '' : CUT + characters.slice(characters.length - width + 1).join('');
}
