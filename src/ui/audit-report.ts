import type { AuditResult } from '../analyze/audit/audit-result.ts';
import { type Finding, isMechanical, type Severity, sortFindings } from '../finding.ts';
import { VERSION } from '../version.ts';
import { type SharedFix, shareEdits } from './share-edits.ts';

/** What an audit says, as the JSON report has it; every other format is a view of this. */
export interface AuditReport {
  readonly schemaVersion: '1.0';
  readonly mode: 'check';
  /** False when something could not be read or parsed. */
  readonly complete: boolean;
  readonly exitCode: number;
  readonly tool: { readonly name: 'torcx2sysext'; readonly version: string };
  readonly target: { readonly flatcar: string };
  readonly scanned: {
    readonly roots: readonly string[];
    readonly files: number;
    readonly unreadable: readonly Unjudged[];
    readonly unparsed: readonly Unjudged[];
    readonly skipped: readonly Unjudged[];
  };
  readonly summary: AuditSummary;
  /** Paths of the files that --fix changed, and of those that it could not change. */
  readonly fixed: readonly string[];
  readonly unfixed: readonly Unjudged[];
  readonly findings: readonly AuditFinding[];
}

export interface Unjudged {
  readonly path: string;
  readonly reason: string;
}

export interface AuditSummary extends Readonly<Record<Severity, number>> {
  readonly suppressed: number;
  /** Findings that --fix would take away, without --unsafe-fixes. */
  readonly fixable: number;
}

export interface AuditFinding extends Finding {
  readonly fix?: SharedFix;
  /** Why a comment in the file silences it; null for a finding that counts. */
  readonly suppressed: { readonly reason: string } | null;
}

export interface AuditReportOptions {
  readonly exitCode: number;
  /** List what comments silence, too. */
  readonly showSuppressed: boolean;
  readonly fixed?: readonly string[];
  readonly unfixed?: readonly Unjudged[];
}

/** @param result its findings are sorted already */
export function auditReport(result: AuditResult, options: AuditReportOptions): AuditReport {
  const { roots, files, unreadable, unparsed, skipped, findings, suppressed } = result;
  const counted = shareEdits(findings).map(found => ({ ...found, suppressed: null }));
  const silenced = suppressed.map(({ finding, reason }) => ({
    ...finding,
    suppressed: { reason },
  }));
  const { fixed = [], unfixed = [] } = options;
  return {
    schemaVersion: '1.0',
    mode: 'check',
    complete: unreadable.length === 0 && unparsed.length === 0,
    exitCode: options.exitCode,
    tool: { name: 'torcx2sysext', version: VERSION },
    target: { flatcar: result.targetVersion },
    scanned: { roots, files, unreadable, unparsed, skipped },
    summary: {
      ...severityCounts(findings),
      suppressed: suppressed.length,
      fixable: findings.filter(isFixable).length,
    },
    fixed,
    unfixed,
    findings: options.showSuppressed ? sortFindings([...counted, ...silenced]) : counted,
  };
}

function isFixable({ fix }: Finding): boolean {
  return fix?.safety === 'safe' && isMechanical(fix);
}

/** Only with --unsafe-fixes, and not silenced by a comment. */
export function isUnsafelyFixable({ fix, suppressed }: AuditFinding): boolean {
  return fix?.safety === 'unsafe' && isMechanical(fix) && suppressed === null;
}

function severityCounts(findings: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const { severity } of findings) counts[severity] += 1;
  return counts;
}
