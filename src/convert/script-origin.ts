import { posix } from 'node:path';
import { findTorcxReferences } from '../analyze/torcx-reference.ts';
import type { Origin } from './library-origin.ts';
import { mergedPath } from './merged-path.ts';
import type { PathMap } from './path-map.ts';
import type { Trees } from './trees.ts';

/** Script interpreters of Flatcar's base image. Python and Perl are not among them. */
const BASE_INTERPRETERS: ReadonlySet<string> = new Set(['awk', 'bash', 'gawk', 'sed', 'sh']);

/**
 * Decides who brings the program that reads a script.
 * @param program its absolute path, or the name that env(1) looks up
 */
export function scriptOrigin(program: string, map: PathMap, trees: Trees): Origin {
  const path = candidates(program, map).find(candidate => trees.hasAfter(candidate));
  if (path !== undefined) return { by: 'image', path };
  const isStandard = !program.includes('/') || /^\/(usr\/)?s?bin\/[^/]+$/.test(program);
  const isBase = isStandard && BASE_INTERPRETERS.has(posix.basename(program));
  return { by: isBase ? 'host' : 'unknown', path: null };
}

function candidates(program: string, map: PathMap): string[] {
  const [reference] = findTorcxReferences(program);
  if (!reference) return [program.includes('/') ? mergedPath(program) : `usr/bin/${program}`];
  const { meaning } = reference;
  const final =
    meaning.kind === 'bin' && meaning.name !== undefined
      ? map.finalBin(meaning.name)
      : meaning.kind === 'unpack' && meaning.path !== undefined
        ? map.finalPath(meaning.path)
        : undefined;
  return final === undefined ? [] : [final.slice(1)];
}
