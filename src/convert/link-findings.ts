import { posix } from 'node:path';
import { type Finding, finding } from '../finding.ts';
import { absoluteTarget } from './absolute-target.ts';
import { deadLink } from './dead-link.ts';
import { linkTarget } from './image-links.ts';
import type { Step } from './step.ts';
import type { Trees } from './trees.ts';

export interface LinkScope {
  /** Of the extension. */
  readonly name: string;
  /** Torcx's name of the image. */
  readonly imageName: string;
  readonly trees: Trees;
}

/** Links that lead out of the image to what no host has, or to something else than under Torcx (TX608). */
export function linkFindings(steps: readonly Step[], scope: LinkScope): Finding[] {
  return steps.flatMap(step => {
    if (step.do !== 'copy' || step.entry.kind !== 'symlink') return [];
    const { path, target: original } = step.entry;
    const target = step.target ?? original;
    // A new target was chosen because it means the same file.
    const changed =
      target === original && changedMeaning({ from: path, to: step.to, target }, scope);
    const message = changed || deadLink(step.to, target, scope);
    return message === undefined ? [] : [finding('TX608', { path, message })];
  });
}

/** A relative link that climbs out of the image counts its steps from `/run/torcx/unpack/NAME`. */
function changedMeaning(
  { from, to, target }: { from: string; to: string; target: string },
  { imageName }: LinkScope,
): string | undefined {
  if (linkTarget(from, target) !== undefined) return undefined;
  const before = posix.normalize(`/run/torcx/unpack/${imageName}/${posix.dirname(from)}/${target}`);
  const after = absoluteTarget(to, target);
  if (before === after) return undefined;
  return `leaves the image: ${target} led to ${before} under Torcx and leads to ${after} now`;
}
