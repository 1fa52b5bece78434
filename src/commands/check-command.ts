import { resolve } from 'node:path';
import type { CheckOptions } from '../command-line/check-options.ts';
import { assertWritable } from '../host/output-file.ts';
import { auditGithub } from '../ui/audit-github.ts';
import { auditJson } from '../ui/audit-json.ts';
import { auditMarkdown } from '../ui/audit-markdown.ts';
import { type AuditReport, auditReport } from '../ui/audit-report.ts';
import { auditSarif } from '../ui/audit-sarif.ts';
import { auditText } from '../ui/audit-text.ts';
import { countText } from '../ui/count-text.ts';
import { errorText } from '../ui/error-text.ts';
import { safeBlock } from '../ui/safe-text.ts';
import { styleFor } from '../ui/style.ts';
import { usageError } from '../usage-error.ts';
import { type AuditOutcome, auditExitCode, auditFailures } from './audit-exit.ts';
import { auditPaths, type Edited, type PathAudit } from './audit-paths.ts';
import { checkOnScreen } from './check-on-screen.ts';
import type { CommandIo } from './command-io.ts';
import { commandProgress } from './command-progress.ts';
import { emitResult } from './emit-result.ts';
import { fixPatch } from './fix-patch.ts';
import { type FixPlan, planFixes } from './plan-fixes.ts';
import { writeFixes } from './write-fixes.ts';

/**
 * Audits configuration, and mends it when asked to.
 * @returns the exit code
 * @throws ToolError `usage`, `path-missing`, `nothing-to-check`, and what keeps the result from being written
 */
export async function checkCommand(options: CheckOptions, io: CommandIo): Promise<number> {
  const { outputFile } = options.display;
  if (outputFile !== undefined) await assertWritable(outputFile, options);
  assertBackupOutside(options);
  if (options.interactive) return checkOnScreen(options, io);
  const plan = await withProgress(options, io, audit => planOf(options, audit));
  switch (options.action) {
    case 'report':
      return showReport({ options, io, result: plan.left, fixed: [], unfixed: [] });
    case 'diff':
      return showPatch(options, io, plan);
    case 'fix':
      return makeFixes(options, io, plan);
  }
}

type Audit = (edited?: Edited) => Promise<PathAudit>;

/** Shows how far the audits are that `work` makes. */
async function withProgress<T>(
  options: CheckOptions,
  io: CommandIo,
  work: (audit: Audit) => Promise<T>,
): Promise<T> {
  const progress = commandProgress(options.display, io);
  progress.event({ kind: 'stage', stage: 'audit' });
  const onProgress = (done: number) => progress.event({ kind: 'files', done });
  try {
    return await work(edited => auditPaths({ ...options, onProgress }, options, edited));
  } finally {
    progress.end();
  }
}

async function planOf(options: CheckOptions, audit: Audit): Promise<FixPlan> {
  const first = await audit();
  if (options.action === 'report') return { fixes: [], unfixed: [], left: first.result };
  return planFixes(first, {
    isWanted: ({ safety }) => safety === 'safe' || (options.unsafeFixes && safety === 'unsafe'),
    audit,
  });
}

/** The next audit would find everything once more in the copies. */
function assertBackupOutside({ backupDirectory, paths, root }: CheckOptions): void {
  if (backupDirectory === undefined) return;
  const directory = `${resolve(backupDirectory)}/`;
  const around = paths.find(path => {
    const place = root === undefined ? resolve(path) : resolve(root, `./${path}`);
    return directory.startsWith(place === '/' ? place : `${place}/`);
  });
  if (around === undefined) return;
  throw usageError(`--backup-dir '${backupDirectory}' is inside '${around}', which is audited`);
}

async function showPatch(options: CheckOptions, io: CommandIo, plan: FixPlan): Promise<number> {
  const { fixes, unfixed, left } = plan;
  const patch = fixes.map(fixPatch).join('');
  const isSeen = io.isTerminal === true && options.display.outputFile === undefined;
  await emitResult(isSeen ? safeBlock(patch) : patch, options, io);
  const report = reportOf({ options, io, result: left, fixed: [], unfixed });
  if (options.display.verbosity !== 'quiet') io.stderr(patchSummary(report, fixes.length));
  return complain({ options, io, result: left, fixed: [], unfixed });
}

function patchSummary({ summary }: AuditReport, files: number): string {
  const left = summary.error + summary.warning + summary.info;
  const change =
    files === 0
      ? 'Nothing to change.'
      : `${countText(files, 'file')} would change; nothing was written.`;
  const rest =
    left === 0 ? 'No finding would be left.' : `${countText(left, 'finding')} would be left.`;
  return `${change} ${rest}\n`;
}

async function makeFixes(options: CheckOptions, io: CommandIo, plan: FixPlan): Promise<number> {
  const { fixed, unfixed } = await writeFixes(plan, options);
  const { result } = await auditPaths({ ...options, mayBeAbsent: true }, options);
  return showReport({ options, io, result, fixed, unfixed });
}

interface Outcome extends AuditOutcome {
  readonly options: CheckOptions;
  readonly io: CommandIo;
}

async function showReport(outcome: Outcome): Promise<number> {
  const { options, io } = outcome;
  await emitResult(render(reportOf(outcome), options), options, io);
  return complain(outcome);
}

function reportOf(outcome: Outcome): AuditReport {
  const { options, result, fixed, unfixed } = outcome;
  const { showSuppressed } = options;
  return auditReport(result, { exitCode: auditExitCode(outcome), showSuppressed, fixed, unfixed });
}

function render(report: AuditReport, { display }: CheckOptions): string {
  switch (display.format) {
    case 'json':
      return auditJson(report);
    case 'sarif':
      return auditSarif(report);
    case 'github':
      return auditGithub(report);
    case 'markdown':
      return auditMarkdown(report);
    case 'text':
      return auditText(report, {
        color: display.color.stdout,
        verbose: display.verbosity === 'verbose',
      });
  }
}

/** What keeps the result from being whole goes to stderr, behind the result, in words that say how to go on. */
function complain(outcome: Outcome): number {
  const { options, io } = outcome;
  const { color, verbosity } = options.display;
  for (const error of auditFailures(outcome)) {
    io.stderr(
      errorText(error, {
        style: styleFor({ color: color.stderr }),
        verbose: verbosity === 'verbose',
      }),
    );
  }
  return auditExitCode(outcome);
}
