import type { Embedding } from '../embedding.ts';
import { base64Text } from './data-url.ts';
import type { EmbeddedText } from './provisioned-files.ts';
import type { UnpackBudget } from './unpack-budget.ts';

/** A shorter run of such characters is a word or a path. None begins within another, which saves a look from there. */
const RUN = /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{24,}={0,2}/g;

/** What tools that break lines make at least; a shorter line is whole. */
const SHORTEST_WRAP = 40;

/**
 * Texts in base64 anywhere in a text: values of a Secret, arguments of `base64 -d`, variables. What no text comes of,
 * such as a key or a checksum, is none.
 */
export function encodedRuns(text: string, budget: UnpackBudget): EmbeddedText[] {
  const found: EmbeddedText[] = [];
  RUN.lastIndex = 0;
  for (let match = RUN.exec(text); match; match = RUN.exec(text)) {
    const { index } = match;
    const firstEnd = index + match[0].length;
    const end = wrappedEnd(text, index, firstEnd);
    const embedding =
      runAt({ text, start: index, end, budget }) ??
      runAt({ text, start: index, end: firstEnd, budget });
    if (embedding) found.push({ embedding, nodePath: '' });
    // Lines that make no text together are not tried one by one: there may be a hundred thousand.
    RUN.lastIndex = end;
  }
  return found;
}

/** The lines below go on with it as long as they are as wide, and nothing else is in them. */
function wrappedEnd(text: string, start: number, firstEnd: number): number {
  const width = firstEnd - start;
  if (width < SHORTEST_WRAP) return firstEnd;
  const line = /\r?\n[ \t]*([A-Za-z0-9+/]+={0,2})(?=\r?\n|$)/y;
  let end = firstEnd;
  for (;;) {
    line.lastIndex = end;
    const match = line.exec(text);
    const length = match?.[1]?.length ?? Number.POSITIVE_INFINITY;
    if (!match || length > width) return end;
    end += match[0].length;
    if (length < width) return end;
  }
}

interface Run {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly budget: UnpackBudget;
}

function runAt({ text, start, end, budget }: Run): Embedding | undefined {
  const inner = base64Text(text.slice(start, end), { isUtf8Only: true, budget });
  if (!inner) return;
  return {
    ...inner,
    start,
    end,
    outerOffset: () => start,
    encode: changes =>
      inner.encode(changes)?.map(({ text: changed }) => ({ start, end, text: changed })),
  };
}
