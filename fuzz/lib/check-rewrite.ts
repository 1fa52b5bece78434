import { findTorcxReferences } from '../../src/analyze/torcx-reference.ts';
import type { Rewrite } from '../../src/rewrite/rewrite-context.ts';
import { check } from './check.ts';

/** In a text that makes sense once is enough; in others one change can give another line its meaning. */
const MOST_PASSES = 5;

/** Whatever of Torcx a rewrite leaves, it names; and to rewrite again and again comes to an end. */
export function checkRewrite(text: string, rewrite: (text: string) => Rewrite): void {
  const first = rewrite(text);
  const isSilent = first.leftovers.length === 0 && findTorcxReferences(first.text).length > 0;
  check(!isSilent, () => `left without a word: ${JSON.stringify(first.text)}`);
  let before = text;
  let after = first.text;
  for (let pass = 1; before !== after; pass += 1) {
    check(pass < MOST_PASSES, () => `rewritten again, it changes: ${JSON.stringify(after)}`);
    before = after;
    after = rewrite(before).text;
  }
}
