import { comparePaths } from './path-text.ts';

/** How much a finding matters on the target release: fails, may fail, or is only worth knowing. */
export type Severity = 'error' | 'warning' | 'info';

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
}

export interface FindingFix {
  readonly safety: 'safe' | 'unsafe' | 'manual';
  readonly description: string;
}

interface Rule {
  readonly slug: string;
  /** Severity unless the finding knows better. */
  readonly severity: Severity;
}

/** Identifiers and slugs are stable: reports, ignores and documentation refer to them. */
const RULES = {
  TX601: { slug: 'dynamic-elf', severity: 'warning' },
  TX602: { slug: 'missing-library', severity: 'warning' },
  TX603: { slug: 'rpath-into-torcx', severity: 'warning' },
  TX604: { slug: 'path-outside-usr-opt', severity: 'warning' },
  TX605: { slug: 'setuid-or-capability', severity: 'info' },
  TX606: { slug: 'unit-rewritten', severity: 'info' },
  TX607: { slug: 'torcx-token-left', severity: 'warning' },
  TX608: { slug: 'escaping-symlink', severity: 'warning' },
  TX609: { slug: 'mixed-architecture', severity: 'warning' },
  TX610: { slug: 'manifest-asset-missing', severity: 'warning' },
  TX611: { slug: 'special-file-dropped', severity: 'warning' },
  TX612: { slug: 'unsafe-entry', severity: 'error' },
  TX613: { slug: 'oneshot-upheld', severity: 'info' },
  TX614: { slug: 'unit-not-enabled', severity: 'info' },
  TX615: { slug: 'sysusers-or-udev-too-late', severity: 'warning' },
  TX616: { slug: 'kernel-module', severity: 'warning' },
} as const satisfies Record<string, Rule>;

export type RuleId = keyof typeof RULES;

type FindingDetails = Omit<Finding, 'ruleId' | 'slug' | 'severity'> & {
  readonly severity?: Severity;
};

/** A finding of the rule `ruleId`, with the rule's own severity unless `details` has another. */
export function finding(ruleId: RuleId, details: FindingDetails): Finding {
  const rule = RULES[ruleId];
  return { ruleId, ...rule, ...details };
}

/** By path, line, column and rule: the order of every report. Findings about the whole come first. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
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
