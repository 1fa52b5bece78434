import type { InspectReport } from '../convert/inspect-report.ts';
import { linkageWords, originWords, placeWords, rightsWords } from './elf-lines.ts';
import { inspectSummary, verdictText } from './inspect-summary.ts';
import { block, code, list, plain, table } from './markdown-syntax.ts';
import { sizeText } from './size-text.ts';
import { startWords } from './unit-lines.ts';

/** The same as the text, as tables for a ticket or a wiki. The headings are fixed. */
export function inspectMarkdown(report: InspectReport): string {
  const { verdict } = report;
  const sections: readonly (readonly [heading: string, text: string])[] = [
    ['Summary', summary(report)],
    ['Entries', entries(report)],
    ['Added by the conversion', created(report)],
    ['Binaries', binaries(report)],
    ['Scripts', scripts(report)],
    ['Units', units(report)],
    ['Texts that change', rewrites(report)],
    ['Manifest', manifest(report)],
    ['Copies', copies(report)],
    ['Findings', findings(report)],
  ];
  const advice =
    verdict.status === 'refused' && verdict.try !== undefined
      ? [`What to do: ${plain(verdict.try)}`]
      : [];
  const title = [`# ${plain(report.input.path)}`, `**${plain(verdictText(report))}**`, ...advice];
  return `${[...title, ...sections.flatMap(([heading, text]) => [`## ${heading}`, text])].join('\n\n')}\n`;
}

function summary(report: InspectReport): string {
  const rows = inspectSummary(report).map(([label, value]) => [plain(label), plain(value)]);
  return table(['What', 'Value'], rows);
}

function entries({ entries: rows }: InspectReport): string {
  const cells = rows.map(
    ({ path, kind, mode, size, target, newTarget, to, reason, flags, capabilities }) => [
      linkCell(path, target, newTarget),
      kind,
      mode,
      size === null ? '' : sizeText(size),
      [...flags, ...(capabilities === null ? [] : [plain(capabilities)])].join(', '),
      to === null ? plain(reason) : code(to),
    ],
  );
  return tableOf(['Path', 'Kind', 'Mode', 'Size', 'Flags', 'In the extension'], cells);
}

function linkCell(path: string, target: string | null, newTarget: string | null): string {
  const parts = [code(path), ...(target === null ? [] : [code(target)])];
  return `${parts.join(' → ')}${newTarget === null ? '' : `, now ${code(newTarget)}`}`;
}

function created({ created: rows }: InspectReport): string {
  return tableOf(
    ['Path', 'Why'],
    rows.map(({ to, reason }) => [code(to), plain(reason)]),
  );
}

function binaries({ elf }: InspectReport): string {
  const rows = elf.map(row => [
    code(row.path),
    plain([row.architecture, linkageWords(row), rightsWords(row)].filter(Boolean).join(', ')),
    row.interpreter === null || row.interpreterOrigin === null
      ? ''
      : `${code(row.interpreter)} (${plain(originWords(row.interpreterOrigin))})`,
    row.libraries
      .map(library => `${code(library.name)} (${plain(originWords(library))})`)
      .join(', '),
    row.searchPaths
      .map(
        ({ kind, entry, before, after }) =>
          `${kind.toUpperCase()} ${code(entry)}: before ${plain(placeWords(before))}, now ${plain(placeWords(after))}`,
      )
      .join('; '),
    row.buildId === null ? '' : code(row.buildId),
  ]);
  return tableOf(['Path', 'Type', 'Loader', 'Needs', 'Search paths', 'Build ID'], rows);
}

function scripts({ scripts: rows }: InspectReport): string {
  const cells = rows.map(({ path, interpreter, argument, program, programOrigin }) => [
    code(path),
    code(`#!${interpreter}${argument === null ? '' : ` ${argument}`}`),
    `${code(program)} (${plain(originWords(programOrigin))})`,
  ]);
  return tableOf(['Path', 'First line', 'Read by'], cells);
}

function units({ units: rows }: InspectReport): string {
  const cells = rows.map(unit => [
    code(unit.path),
    plain(unit.type),
    unit.needs.map(({ key, units: names }) => `${key}: ${names.map(code).join(' ')}`).join('; '),
    plain(startWords(unit)),
    String(unit.edits),
  ]);
  return tableOf(['Path', 'Type', 'Needs', 'Started by', 'Changes'], cells);
}

function rewrites({ rewrites: rows }: InspectReport): string {
  if (rows.length === 0) return 'None.';
  return rows
    .flatMap(({ from, path, diff }) => [`### ${code(from ?? path)}`, block('diff', diff)])
    .join('\n\n');
}

function manifest({ manifest: held }: InspectReport): string {
  if (!held) return 'The image has none: Torcx activated nothing of it.';
  return tableOf(
    ['Kind', 'Path', 'State'],
    [
      ...held.listed.map(({ kind, path, present }) => [
        code(kind),
        code(path),
        present ? 'present' : 'missing',
      ]),
      ...held.outclaimed.map(({ kind, from, by }) => [
        code(kind),
        code(from),
        `${code(by)} has its name`,
      ]),
      ...held.unlisted.map(({ kind, path }) => [code(kind), code(path), 'not listed']),
    ],
  );
}

function copies({ duplicates }: InspectReport): string {
  const rows = duplicates.map(({ size, paths }) => [sizeText(size), paths.map(code).join(' ')]);
  return tableOf(['Size of one', 'Paths'], rows);
}

function findings({ findings: all }: InspectReport): string {
  if (all.length === 0) return 'None.';
  return list(
    all.map(({ severity, ruleId, slug, path, line, message, fix }) => {
      const place =
        path === undefined ? '' : ` ${code(line === undefined ? path : `${path}:${line}`)}`;
      const advice = fix ? `  \n  What to do: ${plain(fix.description)}` : '';
      return `**${severity}** ${ruleId} ${slug}${place}: ${plain(message)}${advice}`;
    }),
  );
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? 'None.' : table(head, rows);
}
