import { applyFixEdits } from '../apply-fix-edits.ts';
import type { FixGroup } from '../fix-group.ts';
import type { AuditedFile } from './audit-paths.ts';

/** A file or link and what should become of it. */
export type PlannedFix =
  | {
      readonly kind: 'edit';
      readonly file: AuditedFile;
      readonly before: Uint8Array;
      readonly after: Uint8Array;
    }
  | { readonly kind: 'remove'; readonly file: AuditedFile; readonly before: Uint8Array };

/** What is left of a file's content when these fixes are made in it. */
export function fixedContent(
  before: Uint8Array,
  fixes: readonly FixGroup[],
): Uint8Array | 'removed' {
  if (fixes.some(({ removesFile }) => removesFile)) return 'removed';
  return applyFixEdits(
    before,
    fixes.flatMap(({ edits }) => edits),
  );
}

export function plannedFix(
  file: AuditedFile,
  before: Uint8Array,
  after: Uint8Array | 'removed',
): PlannedFix {
  return after === 'removed'
    ? { kind: 'remove', file, before }
    : { kind: 'edit', file, before, after };
}
