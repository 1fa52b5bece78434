import { extensionReleaseFields } from '../builder/extension-release.ts';
import { extensionReleasePath } from '../extension-release-path.ts';
import { type Finding, sortFindings } from '../finding.ts';
import { comparePaths } from '../path-text.ts';
import type { Plan } from './plan.ts';
import type {
  DroppedRow,
  ImageReport,
  MappingRow,
  ReportBody,
  ReportOutput,
  ReportSummary,
  UnitRow,
} from './report.ts';
import type { Step } from './step.ts';

/** What a plan says for a report. */
export interface ReportedPlan
  extends Pick<Plan, 'extension' | 'steps' | 'rewrites' | 'units' | 'elfs' | 'findings'> {
  /** What becomes of an extension-release file that is there already. */
  readonly release?: Pick<MappingRow, 'from' | 'action'>;
}

export interface ReportParts {
  readonly plan: ReportedPlan;
  readonly output: Omit<ReportOutput, 'name' | 'extensionRelease'>;
  /** Findings that are not the plan's: those of reading the archive. */
  readonly findings: readonly Finding[];
  /** Arguments that make the same image again. */
  readonly command: readonly string[];
  readonly version: string;
  readonly exitCode: number;
}

/** @param source what is special about the kind of report */
export function buildReport<S extends Pick<ImageReport, 'mode' | 'input'>>(
  source: S,
  parts: ReportParts,
): S & ReportBody {
  const { plan, output } = parts;
  const findings = sortFindings([...plan.findings, ...parts.findings]);
  return {
    schemaVersion: '1.0',
    ...source,
    complete: true,
    exitCode: parts.exitCode,
    tool: { name: 'torcx2sysext', version: parts.version },
    output: {
      name: plan.extension.name,
      ...output,
      extensionRelease: {
        path: extensionReleasePath(plan.extension.name),
        fields: extensionReleaseFields(plan.extension),
      },
    },
    command: parts.command,
    summary: summarize(findings),
    mapping: mappingRows(plan),
    elf: [...plan.elfs]
      .map(([path, facts]) => ({ path, ...facts }))
      .sort((a, b) => comparePaths(a.path, b.path)),
    units: plan.rewrites.map(
      ({ from, to, edits, diff }): UnitRow => ({ path: to, from, edits, diff }),
    ),
    enabled: plan.units.enabled,
    notEnabled: plan.units.notEnabled,
    dropped: plan.steps.flatMap((step): DroppedRow[] =>
      step.do === 'drop' ? [{ path: step.entry.path, reason: step.because }] : [],
    ),
    findings,
  };
}

/** How many findings of each severity there are. */
export function summarize(findings: readonly Finding[]): ReportSummary {
  const count = (severity: Finding['severity']) =>
    findings.filter(found => found.severity === severity).length;
  return {
    error: count('error'),
    warning: count('warning'),
    info: count('info'),
    suppressed: 0,
    fixable: 0,
  };
}

function mappingRows({ steps, extension, release }: ReportedPlan): MappingRow[] {
  const row: MappingRow = {
    from: release?.from ?? null,
    to: extensionReleasePath(extension.name),
    action: release?.action ?? 'create',
    reason: 'systemd-sysext merges nothing without it',
  };
  // What is left out comes last.
  return [...steps.map(mappingRow), row].sort(
    (a, b) =>
      comparePaths(a.to ?? '\uffff', b.to ?? '\uffff') || comparePaths(a.from ?? '', b.from ?? ''),
  );
}

function mappingRow(step: Step): MappingRow {
  const reason = step.because;
  if (step.do === 'create') return { from: null, to: step.to, action: 'create', reason };
  if (step.do === 'drop') return { from: step.entry.path, to: null, action: 'drop', reason };
  return { from: step.entry.path, to: step.to, action: step.do, reason };
}
