import type { Inspection } from '../analyze/inspect.ts';
import { findTorcxReferences } from '../analyze/torcx-reference.ts';
import { comparePaths } from '../path-text.ts';
import { resolveInImage } from './image-links.ts';

/**
 * The name under which Torcx unpacked the image, as its own files spell it. The archive's file name tells it, unless
 * somebody has renamed the file: then the name counts that its texts use, for their own files above all.
 * @param guesses names to believe as soon as a text uses them, the best first
 */
export function ownImageName(inspection: Inspection, guesses: readonly string[]): string {
  const votes = new Map<string, number>();
  for (const { text } of inspection.facts.values()) {
    for (const [name, weight] of text === undefined ? [] : namesIn(text, inspection)) {
      votes.set(name, (votes.get(name) ?? 0) + weight);
    }
  }
  const guessed = guesses.find(name => votes.has(name));
  if (guessed !== undefined) return guessed;
  const certain = [...votes].filter(([, weight]) => weight >= CERTAIN);
  const [winner] = certain.sort(([a, x], [b, y]) => y - x || comparePaths(a, b));
  return winner?.[0] ?? guesses[0] ?? '';
}

/**
 * A unit that sets TORCX_IMAGEDIR speaks of itself, and so does a path that the image really has. Anything else may be
 * another image, which this one works with.
 */
const CERTAIN = 1000;

function* namesIn(
  text: string,
  { entries }: Inspection,
): Generator<[name: string, weight: number]> {
  for (const [, name] of text.matchAll(/\bTORCX_IMAGEDIR=["']?\/([^\s"'/]+)/g)) {
    if (name !== undefined) yield [name, CERTAIN];
  }
  for (const { meaning } of findTorcxReferences(text)) {
    if (meaning.kind !== 'unpack' || meaning.image === undefined) continue;
    const isOwn = meaning.path !== undefined && resolveInImage(entries, meaning.path) !== undefined;
    yield [meaning.image, isOwn ? CERTAIN : 1];
  }
}
