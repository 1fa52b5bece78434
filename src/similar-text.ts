import { closest, distance } from 'fastest-levenshtein';

/** The one of `candidates` that `text` may be a slip of; undefined when none is near. */
export function similarText(text: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const nearest = closest(text, candidates);
  return distance(text, nearest) <= slipsIn(text) ? nearest : undefined;
}

/** Up to three of `candidates`, the nearest first, that `text` may be a slip of. */
export function similarTexts(text: string, candidates: readonly string[]): string[] {
  return candidates
    .map(candidate => ({ candidate, apart: distance(text, candidate) }))
    .filter(({ apart }) => apart <= slipsIn(text))
    .sort((a, b) => a.apart - b.apart)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** How many letters of `text` may be wrong; one that is all that there is says nothing. */
function slipsIn({ length }: string): number {
  return length < 2 ? 0 : Math.max(1, Math.floor(length / 3));
}
