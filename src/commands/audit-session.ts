import type { CheckOptions } from '../command-line/check-options.ts';
import type { Finding } from '../finding.ts';
import { type FixGroup, fixGroups } from '../fix-group.ts';
import { readRulePage } from '../host/rule-page.ts';
import type { RuleId } from '../rule-table.ts';
import { type AuditReport, auditReport } from '../ui/audit-report.ts';
import type {
  ApplyOptions,
  AuditFix,
  AuditServices,
  AuditView,
  FixPreview,
} from '../ui/tui/audit/audit-services.ts';
import { auditExitCode } from './audit-exit.ts';
import { auditPaths, type PathAudit } from './audit-paths.ts';
import { fixPatch } from './fix-patch.ts';
import { type FixPlan, planFixes } from './plan-fixes.ts';
import { fixedContent, plannedFix } from './planned-fix.ts';
import { readUnchanged } from './read-unchanged.ts';
import { type WrittenFixes, writeFixes } from './write-fixes.ts';

/** An audit that is looked at, mended in parts, and made again. */
export class AuditSession implements AuditServices {
  readonly #options: CheckOptions;
  readonly #fixed = new Set<string>();
  #latest: PathAudit | undefined;

  constructor(options: CheckOptions) {
    this.#options = options;
  }

  async audit(onFiles?: (files: number) => void): Promise<AuditView> {
    return this.#view({ fixed: [], unfixed: [] }, onFiles);
  }

  /** All files that were changed so far, also while others are still to be. */
  get fixed(): ReadonlySet<string> {
    return this.#fixed;
  }

  rulePage(rule: RuleId): Promise<string> {
    return readRulePage(rule);
  }

  async planFixes(chosen: ReadonlySet<string>): Promise<FixPreview> {
    const { fixes, unfixed, left } = await this.#plan(chosen);
    const { summary } = auditReport(left, { exitCode: 0, showSuppressed: false });
    return { patch: fixes.map(fixPatch).join(''), files: fixes.length, unfixed, left: summary };
  }

  async applyFixes(
    chosen: ReadonlySet<string>,
    { signal, onFile }: ApplyOptions = {},
  ): Promise<AuditView> {
    const { backupDirectory } = this.#options;
    const plan = await this.#plan(chosen);
    const files = plan.fixes.length;
    const written = await writeFixes(plan, {
      ...(backupDirectory !== undefined && { backupDirectory }),
      ...(signal && { signal }),
      onFile: done => onFile?.(done, files),
      onFixed: path => this.#fixed.add(path),
    });
    return this.#view(written);
  }

  async #plan(chosen: ReadonlySet<string>): Promise<FixPlan> {
    const first = this.#latest ?? (await auditPaths(this.#options, this.#options));
    return planFixes(first, {
      isWanted: chosenFixes(first.result.findings, chosen),
      audit: edited => auditPaths(this.#options, this.#options, edited),
    });
  }

  async #view(written: WrittenFixes, onProgress?: (files: number) => void): Promise<AuditView> {
    const options = this.#options;
    // What was asked for may be among the files that a fix has removed.
    const mayBeAbsent = this.#latest !== undefined;
    const audit = await auditPaths(
      { ...options, mayBeAbsent, ...(onProgress && { onProgress }) },
      options,
    );
    this.#latest = audit;
    const { result } = audit;
    const exitCode = auditExitCode({ options, result, ...written });
    const { showSuppressed } = options;
    const report = auditReport(result, { exitCode, showSuppressed, ...written });
    return {
      options,
      report,
      fixes: offeredFixes(audit, report),
    };
  }
}

/** Those that were chosen, each once, and the safe ones that only come to light when these are made. */
function chosenFixes(
  findings: readonly Finding[],
  chosen: ReadonlySet<string>,
): (fix: FixGroup) => boolean {
  const seen = new Set(fixGroups(findings).map(({ key }) => key));
  const open = new Set(chosen);
  return ({ key, safety }) => open.delete(key) || (!seen.has(key) && safety === 'safe');
}

function offeredFixes({ result, files }: PathAudit, report: AuditReport): AuditFix[] {
  // The report splits the edits of a fix among its findings; what belongs together only the audit itself knows.
  const counted = report.findings.filter(({ suppressed }) => suppressed === null);
  const reported = new Map(result.findings.map((found, index) => [found, counted[index]]));
  const contents = new Map<string, Uint8Array | undefined>();
  return fixGroups(result.findings)
    .filter(({ safety }) => safety !== 'manual')
    .map(group => {
      const { key, path, safety } = group;
      const file = files.get(path);
      if (file && !contents.has(path)) contents.set(path, readUnchanged(file));
      const before = contents.get(path);
      const findings = group.findings.flatMap(found => reported.get(found) ?? []);
      const patch =
        file && before ? fixPatch(plannedFix(file, before, fixedContent(before, [group]))) : '';
      return { key, path, safety, findings, patch };
    });
}
