import { markdownText } from './markdown-text.ts';

/** A piece of a page of Markdown. Its text is as it is read, but for code, which is as it stands. */
export type MarkdownBlock =
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'code'; readonly language: string; readonly lines: readonly string[] }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] }
  /** `texts` stand below each other. */
  | { readonly kind: 'item'; readonly mark: string; readonly texts: readonly string[] }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'blank' };

/** The Markdown that this program's own pages and reports use. */
export function markdownBlocks(lines: readonly string[]): MarkdownBlock[] {
  const blocks: MarkdownBlock[] = [];
  let at = 0;
  while (at < lines.length) {
    const [block, length] = blockAt(lines, at);
    blocks.push(block);
    at += length;
  }
  return blocks;
}

type Taken = readonly [block: MarkdownBlock, length: number];

function blockAt(lines: readonly string[], at: number): Taken {
  const line = lines[at] ?? '';
  if (line.trim() === '') return [{ kind: 'blank' }, 1];
  if (line.startsWith('#')) {
    return [{ kind: 'heading', text: markdownText(line.replace(/^#+ /, '')) }, 1];
  }
  const fence = /^(`{3,})(\w*)$/.exec(line);
  if (fence) return codeAt(lines, at, { mark: fence[1] ?? '', language: fence[2] ?? '' });
  if (line.startsWith('|')) return tableAt(lines, at);
  const item = /^(- |\d+\. )(.*)$/.exec(line);
  if (item) return itemAt(lines, at, { mark: item[1] ?? '', first: item[2] ?? '' });
  return textAt(lines, at);
}

function codeAt(
  lines: readonly string[],
  at: number,
  { mark, language }: { readonly mark: string; readonly language: string },
): Taken {
  const end = lines.indexOf(mark, at + 1);
  const until = end < 0 ? lines.length : end;
  return [{ kind: 'code', language, lines: lines.slice(at + 1, until) }, until + 1 - at];
}

function tableAt(lines: readonly string[], at: number): Taken {
  const taken = linesWhile(lines, at, line => line.startsWith('|'));
  const rows = taken.map(cellsOf).filter(cells => !cells.every(cell => /^:?-+:?$/.test(cell)));
  return [{ kind: 'table', rows: rows.map(cells => cells.map(markdownText)) }, taken.length];
}

function cellsOf(row: string): string[] {
  return row
    .replace(/^\|\s*/, '')
    .replace(/\s*\|\s*$/, '')
    .split(/ *\| */);
}

/** What is indented below an item belongs to it. */
function itemAt(
  lines: readonly string[],
  at: number,
  { mark, first }: { readonly mark: string; readonly first: string },
): Taken {
  const below = linesWhile(lines, at + 1, line => /^ +\S/.test(line));
  return [{ kind: 'item', mark, texts: joined([first, ...below]) }, 1 + below.length];
}

function textAt(lines: readonly string[], at: number): Taken {
  const taken = linesWhile(
    lines,
    at,
    line => line.trim() !== '' && !/^(#|```|\||- |\d+\. )/.test(line),
  );
  // A line that only looks like the beginning of something else is a text all the same.
  const texts = taken.length === 0 ? [lines[at] ?? ''] : taken;
  return [{ kind: 'text', text: markdownText(texts.join(' ')) }, texts.length];
}

/** Lines of one text, but for those that end in two spaces: the next one starts a line of its own. */
function joined(lines: readonly string[]): readonly string[] {
  const texts: string[] = [];
  let isOpen = false;
  for (const line of lines) {
    const text = markdownText(line.trim());
    if (isOpen) texts.push(`${texts.pop()} ${text}`);
    else texts.push(text);
    isOpen = !line.endsWith('  ');
  }
  return texts;
}

function linesWhile(
  lines: readonly string[],
  from: number,
  belongs: (line: string) => boolean,
): readonly string[] {
  const end = lines.findIndex((line, index) => index >= from && !belongs(line));
  return lines.slice(from, end < 0 ? lines.length : end);
}
