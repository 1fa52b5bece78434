import type { TorcxMeaning } from '../analyze/torcx-path.ts';
import { findTorcxReferences } from '../analyze/torcx-reference.ts';

/** The meaning of the reference that a text consists of, apart from quotes, a leading `-` and a closing slash. */
export function onlyMeaning(text: string): TorcxMeaning | undefined {
  const bare = text.replace(/^["']?-?["']?/, '').replace(/\/{0,4}["']?$/, '');
  const [reference] = findTorcxReferences(bare);
  const isWhole = reference?.start === 0 && reference.end === bare.length;
  return isWhole && reference.root === '' ? reference.meaning : undefined;
}
