import type { ArchiveContents } from '../analyze/archive.ts';
import type { DuplicateGroup } from '../analyze/duplicate-files.ts';
import { elfRole } from '../analyze/elf-role.ts';
import type { Entry } from '../analyze/entry.ts';
import type { Inspection } from '../analyze/inspect.ts';
import { scriptProgram } from '../analyze/shebang.ts';
import { extensionReleaseFields } from '../builder/extension-release.ts';
import { EXIT_CODES } from '../errors.ts';
import { extensionReleasePath } from '../extension-release-path.ts';
import { sortFindings } from '../finding.ts';
import { comparePaths } from '../path-text.ts';
import { summarize } from './build-report.ts';
import { capabilitiesOf, inspectEntryRows } from './inspect-entries.ts';
import type {
  ContentsSummary,
  InspectedElf,
  InspectInput,
  InspectReport,
  ScriptRow,
  Verdict,
} from './inspect-report.ts';
import { inspectUnits } from './inspect-units.ts';
import { interpreterOrigin, libraryOrigin, searchPaths } from './library-origin.ts';
import { checkManifest } from './manifest-check.ts';
import type { Plan } from './plan.ts';
import { scriptOrigin } from './script-origin.ts';
import { type Trees, treesOf } from './trees.ts';

export interface InspectReportParts {
  readonly contents: ArchiveContents;
  readonly inspection: Inspection;
  readonly plan: Plan;
  readonly duplicates: readonly DuplicateGroup[];
  readonly input: InspectInput;
  /** Absent: it converts. */
  readonly refusal?: Extract<Verdict, { status: 'refused' }>;
  /** Warnings fail. */
  readonly strict: boolean;
  readonly version: string;
}

/** Everything that `--inspect` knows, for people and for programs. */
export function buildInspectReport(parts: InspectReportParts): InspectReport {
  const { contents, inspection, plan, duplicates, input } = parts;
  const findings = sortFindings([...plan.findings, ...contents.findings]);
  const summary = summarize(findings);
  const trees = treesOf(inspection.entries, plan.steps);
  const verdict = parts.refusal ?? { status: hasWarnings(summary) ? 'warnings' : 'clean' };
  return {
    schemaVersion: '1.0',
    mode: 'inspect',
    complete: true,
    exitCode: exitCode(verdict, parts.strict),
    tool: { name: 'torcx2sysext', version: parts.version },
    verdict,
    input,
    extension: parts.refusal
      ? null
      : {
          name: plan.extension.name,
          extensionRelease: {
            path: extensionReleasePath(plan.extension.name),
            fields: extensionReleaseFields(plan.extension),
          },
        },
    summary,
    contents: summarizeContents(contents.entries, duplicates),
    entries: inspectEntryRows(inspection, plan, trees),
    created: plan.steps
      .flatMap(step => (step.do === 'create' ? [{ to: step.to, reason: step.because }] : []))
      .sort((a, b) => comparePaths(a.to, b.to)),
    elf: elfRows(inspection, plan, { trees, imageName: input.name }),
    scripts: scriptRows(inspection, plan, trees),
    units: inspectUnits(inspection, plan),
    rewrites: plan.rewrites.map(({ from, to, edits, diff }) => ({ path: to, from, edits, diff })),
    enabled: plan.units.enabled,
    notEnabled: plan.units.notEnabled,
    manifest: inspection.manifest
      ? checkManifest(inspection.manifest, inspection.entries, plan.map)
      : null,
    duplicates,
    findings,
  };
}

function hasWarnings({ error, warning }: { error: number; warning: number }): boolean {
  return error + warning > 0;
}

function exitCode(verdict: Verdict, strict: boolean): number {
  if (verdict.status === 'refused') return EXIT_CODES[verdict.code];
  return strict && verdict.status === 'warnings' ? EXIT_CODES.strict : 0;
}

function summarizeContents(
  entries: readonly Entry[],
  duplicates: readonly DuplicateGroup[],
): ContentsSummary {
  const count = (kind: Entry['kind']) => entries.filter(entry => entry.kind === kind).length;
  const plain = count('file') + count('directory') + count('symlink') + count('hardlink');
  const sizes = entries.map(entry => (entry.kind === 'file' ? entry.content.size : 0));
  return {
    files: count('file'),
    directories: count('directory'),
    symlinks: count('symlink'),
    hardlinks: count('hardlink'),
    specialFiles: entries.length - plain,
    fileBytes: sum(sizes),
    copies: sum(duplicates.map(({ paths }) => paths.length - 1)),
    copiedBytes: sum(duplicates.map(({ size, paths }) => size * (paths.length - 1))),
  };
}

/** A hard link's facts are those of the file that it names, which has a row already. */
function elfRows(
  { entries, facts }: Inspection,
  { map }: Plan,
  { trees, imageName }: { readonly trees: Trees; readonly imageName: string },
): InspectedElf[] {
  return [...facts].flatMap(([path, { elf, vermagic }]) => {
    const entry = entries.get(path);
    if (!elf || entry?.kind !== 'file') return [];
    const to = map.placements.get(path)?.to ?? null;
    const placed = { from: path, to: to ?? path, elf };
    return [
      {
        path,
        to,
        role: elfRole(path, elf),
        ...elf,
        interpreterOrigin:
          elf.interpreter === null ? null : interpreterOrigin(elf.interpreter, trees),
        libraries: elf.needed.map(name => ({ name, ...libraryOrigin(name, placed, trees) })),
        searchPaths: searchPaths(placed, trees, imageName),
        setuid: (entry.mode & 0o4000) !== 0 ? entry.uid : null,
        setgid: (entry.mode & 0o2000) !== 0 ? entry.gid : null,
        capabilities: capabilitiesOf(entry),
        vermagic: vermagic ?? null,
      },
    ];
  });
}

function scriptRows({ entries, facts }: Inspection, { map }: Plan, trees: Trees): ScriptRow[] {
  return [...facts].flatMap(([path, { script }]) => {
    if (!script || entries.get(path)?.kind === 'hardlink') return [];
    const program = scriptProgram(script);
    const to = map.placements.get(path)?.to ?? null;
    return [{ path, to, ...script, program, programOrigin: scriptOrigin(program, map, trees) }];
  });
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
