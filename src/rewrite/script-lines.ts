import { append } from '../append.ts';
import type { TextSyntax } from './text-syntax.ts';

/** A physical line of a text. */
export interface ScriptLine {
  /** Counts from 1. */
  readonly number: number;
  readonly text: string;
  readonly eol: string;
  /** `document`: a line of a here-document, which the shell does not execute. */
  readonly kind: 'code' | 'comment' | 'document';
  /** The here-document is a unit file: index of its first line, and of the first one behind it. */
  readonly unit?: { readonly start: number; readonly end: number };
}

/** The lines of a text; here-documents are only looked for in shell scripts. */
export function scriptLines(text: string, syntax: TextSyntax): ScriptLine[] {
  const lines: ScriptLine[] = [];
  // One by one: a file of blank lines has millions of them.
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 ? text.length : newline + 1;
    const hasReturn = newline > 0 && text.charAt(newline - 1) === '\r';
    const content = text.slice(start, newline < 0 ? next : newline - Number(hasReturn));
    lines.push({
      number: lines.length + 1,
      text: content,
      eol: text.slice(start + content.length, next),
      kind: isComment(content, lines.length, syntax) ? 'comment' : 'code',
    });
    start = next;
  }
  return syntax === 'shell' && text.includes('<<') ? markDocuments(lines) : lines;
}

const COMMENT_STARTS: Readonly<Record<TextSyntax, RegExp | undefined>> = {
  shell: /^\s*#/,
  udev: /^\s*#/,
  tmpfiles: /^\s*#/,
  json: undefined,
  plain: /^\s*(?:#|;|\/\/)/,
};

function isComment(text: string, index: number, syntax: TextSyntax): boolean {
  if (index === 0 && text.startsWith('#!')) return false;
  return COMMENT_STARTS[syntax]?.test(text) ?? false;
}

const DOCUMENT = /(?<!<)<<(-?)[ \t]*(?:"([^"]+)"|'([^']+)'|\\?([A-Za-z_][\w.-]*))/g;
/** A line that begins a section of a unit. */
export const UNIT_SECTION =
  /^\s*\[(?:Unit|Install|Service|Socket|Mount|Automount|Swap|Timer|Path|Slice|Match|Network|Link)\]\s*$/;

function markDocuments(lines: readonly ScriptLine[]): ScriptLine[] {
  const lastLine = new Map<string, number>();
  for (const [index, { text }] of lines.entries()) lastLine.set(text.replace(/^\t+/, ''), index);
  const result: ScriptLine[] = [];
  while (result.length < lines.length) {
    const line = lines[result.length];
    if (!line) break;
    result.push(line);
    if (line.kind === 'comment') continue;
    for (const [, dash, ...delimiters] of line.text.matchAll(DOCUMENT)) {
      const delimiter = delimiters.find(word => word !== undefined) ?? '';
      // A shift such as `1<<N` has no line that ends it.
      if ((lastLine.get(delimiter) ?? -1) < result.length) continue;
      const body = documentBody(lines, result.length, { delimiter, stripsTabs: dash === '-' });
      append(result, body);
    }
  }
  return result;
}

function documentBody(
  lines: readonly ScriptLine[],
  start: number,
  { delimiter, stripsTabs }: { readonly delimiter: string; readonly stripsTabs: boolean },
): ScriptLine[] {
  let end = start;
  for (let line = lines[end]; line; line = lines[end]) {
    if ((stripsTabs ? line.text.replace(/^\t+/, '') : line.text) === delimiter) break;
    end += 1;
  }
  const body = lines.slice(start, end);
  const isUnit = body.some(({ text }) => UNIT_SECTION.test(text));
  return body.map(line => ({ ...line, kind: 'document', ...(isUnit && { unit: { start, end } }) }));
}
