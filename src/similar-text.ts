import { closest, distance } from 'fastest-levenshtein';

/** The one of `candidates` that `text` may be a slip of; undefined when none is near. */
export function similarText(text: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const nearest = closest(text, candidates);
  return distance(text, nearest) <= Math.max(1, Math.floor(text.length / 3)) ? nearest : undefined;
}

/** Up to three of `candidates`, the nearest first, that `text` may be a slip of. */
export function similarTexts(text: string, candidates: readonly string[]): string[] {
  return candidates
    .map(candidate => ({ candidate, apart: distance(text, candidate) }))
    .filter(({ apart }) => apart <= Math.max(1, Math.floor(text.length / 3)))
    .sort((a, b) => a.apart - b.apart)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}
