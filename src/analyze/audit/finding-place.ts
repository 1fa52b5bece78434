import type { Document } from './document.ts';
import type { Observation } from './subject.ts';

/** A line of JSON may be the whole file. */
const LONGEST_SNIPPET = 500;

/** Where in the file of the tree an observation is, and where in the text that is embedded there. */
export function findingPlace(
  document: Document | undefined,
  { start, end }: Pick<Observation, 'start' | 'end'>,
) {
  if (!document || (start === undefined && !document.parent)) return {};
  let root = document;
  let from = start ?? 0;
  let to = end ?? from;
  if (start === undefined) to = Math.max(document.text.trimEnd().length, 1);
  for (; root.parent; root = root.parent.document) {
    from = root.parent.embedding.outerOffset(from);
    to = root.parent.embedding.outerOffset(to);
  }
  const { lines, text } = root;
  const line = lines.lineAt(from);
  const endLine = Math.max(line, lines.lineAt(Math.max(from, to - 1)));
  const snippet = text
    .slice(lines.start(line), lines.end(line))
    .replace(/\r?\n$/, '')
    .slice(0, LONGEST_SNIPPET);
  return {
    line,
    column: from - lines.start(line) + 1,
    endLine,
    ...(to > from && { endColumn: to - lines.start(endLine) + 1 }),
    snippet,
    ...(document.parent &&
      document.nodePath !== '' && {
        embedded: {
          path: document.nodePath,
          line: start === undefined ? 1 : document.lines.lineAt(start),
        },
      }),
  };
}
