import type { InspectReport } from '../convert/inspect-report.ts';
import type { Finding } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import { countText } from './count-text.ts';
import { elfLines, scriptLines } from './elf-lines.ts';
import { entryLines, FLAG_LEGEND } from './entry-lines.ts';
import { hangingLines } from './hanging-lines.ts';
import { inspectSummary, verdictText } from './inspect-summary.ts';
import { safeBlock, safeText } from './safe-text.ts';
import { sizeText } from './size-text.ts';
import { type Style, styleFor } from './style.ts';
import { manifestLines, unitLines } from './unit-lines.ts';

export interface InspectTextOptions {
  readonly color: boolean;
  /** Also the diff of every text that changes. */
  readonly verbose: boolean;
}

/** What `--inspect` prints: the verdict, then everything that is known, in 80 columns. Ends in a newline. */
export function inspectText(report: InspectReport, { color, verbose }: InspectTextOptions): string {
  const style = styleFor({ color });
  const sections: readonly (readonly [heading: string, lines: readonly string[]])[] = [
    ['Summary', summaryLines(report)],
    [`Entries (${report.entries.length})`, entriesLines(report)],
    [`Added (${report.created.length})`, createdLines(report)],
    [`Binaries (${report.elf.length})`, report.elf.flatMap(elfLines)],
    [`Scripts (${report.scripts.length})`, report.scripts.flatMap(scriptLines)],
    [`Units (${report.units.length})`, report.units.flatMap(unitLines)],
    [`Texts that change (${report.rewrites.length})`, rewriteLines(report, verbose)],
    ['Manifest', report.manifest ? manifestLines(report.manifest) : []],
    [`Copies (${report.contents.copies})`, duplicateLines(report)],
    [
      `Findings (${report.findings.length})`,
      report.findings.flatMap(one => findingLines(one, style)),
    ],
  ];
  const shown = sections.filter(([, lines]) => lines.length > 0);
  const blocks = [
    verdictLines(report, style),
    ...shown.map(([heading, lines]) => [style.strong(heading), ...lines]),
  ];
  return `${blocks.map(lines => lines.join('\n')).join('\n\n')}\n`;
}

function verdictLines(report: InspectReport, style: Style): string[] {
  const { input, verdict, findings } = report;
  const lines = [
    ...hangingLines(
      `${safeText(input.path)}: `,
      verdictText(report),
      style.strong(`${safeText(input.path)}: `),
    ),
  ];
  if (verdict.status === 'refused') {
    return verdict.try === undefined ? lines : [...lines, ...hangingLines('  try: ', verdict.try)];
  }
  const pressing = findings.filter(({ severity }) => severity !== 'info');
  const rules = [...new Set(pressing.map(({ ruleId }) => ruleId))];
  return [
    ...lines,
    ...rules.flatMap(rule => {
      const same = pressing.filter(({ ruleId }) => ruleId === rule);
      const [first] = same;
      return first ? [`  ${String(same.length).padStart(3)}  ${rule} ${first.slug}`] : [];
    }),
  ];
}

function summaryLines(report: InspectReport): string[] {
  return inspectSummary(report).flatMap(([label, text]) =>
    hangingLines(`  ${label.padEnd(10)}  `, text),
  );
}

function entriesLines({ entries, findings }: InspectReport): string[] {
  const byPath = groupBy(findings, ({ path }) => path);
  return [
    ...hangingLines('  ', FLAG_LEGEND),
    ...entries.flatMap(entry => {
      // Findings about what is made of an entry have its path in the extension.
      const paths =
        entry.to === null || entry.to === entry.path ? [entry.path] : [entry.path, entry.to];
      return entryLines(
        entry,
        paths.flatMap(path => byPath.get(path) ?? []),
      );
    }),
  ];
}

function createdLines({ created }: InspectReport): string[] {
  return created.flatMap(({ to, reason }) => [
    ...hangingLines('  ', to),
    ...hangingLines('    ', reason),
  ]);
}

function rewriteLines({ rewrites }: InspectReport, verbose: boolean): string[] {
  return rewrites.flatMap(({ from, path, edits, diff }) => [
    ...hangingLines('  ', `${from ?? path}: ${countText(edits.length, 'change')}`),
    ...(verbose
      ? safeBlock(diff.trimEnd())
          .split('\n')
          .map(line => `    ${line}`)
      : []),
  ]);
}

function duplicateLines({ duplicates }: InspectReport): string[] {
  return duplicates.flatMap(({ size, paths }) => [
    `  ${sizeText(size)}, ${paths.length} times`,
    ...paths.flatMap(path => hangingLines('    ', path)),
  ]);
}

function findingLines(
  { severity, ruleId, slug, path, line, message, fix }: Finding,
  style: Style,
): string[] {
  const place = [path, line].filter(part => part !== undefined).join(':');
  const label = `  ${severity.padEnd(7)}  `;
  const painted = `  ${style.severity[severity](severity.padEnd(7))}  `;
  return [
    ...hangingLines(label, `${ruleId} ${slug}`, painted),
    ...(place === '' ? [] : hangingLines(' '.repeat(label.length), place)),
    ...hangingLines(' '.repeat(label.length + 2), message),
    ...(fix ? hangingLines(' '.repeat(label.length + 2), `fix: ${fix.description}`) : []),
  ];
}
