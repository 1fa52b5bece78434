import type { CheckOptions } from '../../../command-line/check-options.ts';
import type { FixGroup } from '../../../fix-group.ts';
import type { AuditFinding, AuditReport, AuditSummary, Unjudged } from '../../audit-report.ts';
import type { RulePageServices } from '../rule-page.ts';

/** What the audit's screen needs from the program around it. Fixes are named by the keys of fix-group.ts. */
export interface AuditServices extends RulePageServices {
  /**
   * Audits the paths as they are on the disk now.
   * @param onFiles told now and then how many files have been read
   * @throws ToolError `path-missing`, `nothing-to-check`
   */
  audit(onFiles?: (files: number) => void): Promise<AuditView>;
  /** What the chosen fixes would change, and what would be left; writes nothing. */
  planFixes(chosen: ReadonlySet<string>): Promise<FixPreview>;
  /** Makes the chosen fixes in the files, and audits again. */
  applyFixes(chosen: ReadonlySet<string>, options?: ApplyOptions): Promise<AuditView>;
}

export interface ApplyOptions {
  /** Once it is aborted no other file is begun. */
  readonly signal?: AbortSignal;
  /** @param done of the files that are to be changed */
  onFile?(done: number, files: number): void;
}

/** An audit, and what can be done about what it found. */
export interface AuditView {
  readonly options: CheckOptions;
  /** With what was fixed just now. */
  readonly report: AuditReport;
  /** Those that a program can make, in the order of the findings. */
  readonly fixes: readonly AuditFix[];
}

/** What is made together or not at all. */
export interface AuditFix extends Pick<FixGroup, 'key' | 'path' | 'safety'> {
  /** Those of the report. */
  readonly findings: readonly AuditFinding[];
  /** What this fix alone changes; empty for a file that has changed since it was read. */
  readonly patch: string;
}

/** What fixes would change: a unified diff and the number of its files, those that cannot be changed, and what is left. */
export interface FixPreview {
  readonly patch: string;
  readonly files: number;
  readonly unfixed: readonly Unjudged[];
  readonly left: AuditSummary;
}
