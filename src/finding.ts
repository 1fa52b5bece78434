import { comparePaths } from './path-text.ts';
import { RULES, type RuleId, type Severity } from './rule-table.ts';

export type { RuleId, Severity } from './rule-table.ts';

/** One thing that the user should know, at a place where it can be looked at. Lines and columns count from 1. */
export interface Finding {
  readonly ruleId: RuleId;
  readonly slug: string;
  readonly severity: Severity;
  /** Path inside the image or tree; absent when the finding is about the whole. */
  readonly path?: string;
  readonly line?: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  /** The line as it stands in the file. */
  readonly snippet?: string;
  readonly message: string;
  /** What the user can do about it. */
  readonly fix?: FindingFix;
  /** Where it stands in the file that is encoded at this place. */
  readonly embedded?: { readonly path: string; readonly line: number };
}

/** `safe`: nothing else changes on the target; `unsafe`: needs a look; `manual`: a command to run. */
export interface FindingFix {
  readonly safety: 'safe' | 'unsafe' | 'manual';
  readonly description: string;
  /** Changes to the file itself, so that a program can make them. */
  readonly edits?: readonly FixEdit[];
  /** The file or link as a whole goes, so that a program can remove it. */
  readonly removesFile?: true;
}

/** Whether a program can do what the fix says. */
export function isMechanical(fix: FindingFix | undefined): boolean {
  return fix?.edits !== undefined || fix?.removesFile === true;
}

/** Replaces whole lines, from `startLine` to `endLine`, by `text`, which has its own line ends; empty: they go. */
export interface FixEdit {
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
}

type FindingDetails = Omit<Finding, 'ruleId' | 'slug' | 'severity'> & {
  readonly severity?: Severity;
};

/** A finding of the rule `ruleId`, with the rule's own severity unless `details` has another. */
export function finding(ruleId: RuleId, details: FindingDetails): Finding {
  const { slug, severity } = RULES[ruleId];
  return { ruleId, slug, severity, ...details };
}

/** By path, line, column and rule: the order of every report. Findings about the whole come first. */
export function sortFindings<F extends Finding>(findings: readonly F[]): F[] {
  return [...findings].sort(
    (a, b) =>
      comparePaths(a.path ?? '', b.path ?? '') ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.column ?? 0) - (b.column ?? 0) ||
      compareText(a.ruleId, b.ruleId) ||
      compareText(a.message, b.message),
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
