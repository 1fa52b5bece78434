import type { Step } from './step.ts';

/** Where a symbolic link points that the extension gets by a step; undefined for everything else. */
export function stepLink(step: Step): string | undefined {
  if (step.do === 'create') return 'target' in step.made ? step.made.target : undefined;
  if (step.do !== 'copy' || step.entry.kind !== 'symlink') return undefined;
  return step.target ?? step.entry.target;
}
