import type {
  ElfRow,
  ImageReport,
  MappingAction,
  MappingRow,
  ReportOutput,
  UnitRow,
} from '../convert/report.ts';
import type { Finding } from '../finding.ts';
import type { ImageMaker } from '../image-format.ts';
import { shellCommand } from '../shell-command.ts';
import { countText } from './count-text.ts';
import { hostWords } from './host-words.ts';
import { nextSteps } from './markdown-next-steps.ts';
import { notEnabledText, sourceColumn, sourceNotes, sourceRows } from './markdown-source.ts';
import { block, code, list, plain, table } from './markdown-syntax.ts';
import { sizeText } from './size-text.ts';

/**
 * The report for somebody who has never heard of systemd-sysext. The headings are fixed, so that reports can be linked
 * into and compared; a section without content says so.
 */
export function markdownReport(report: ImageReport): string {
  const sections: readonly (readonly [heading: string, text: string])[] = [
    ['Summary', summary(report)],
    ['Command to repeat', block('sh', repeatLine(report))],
    ['Next steps', nextSteps(report)],
    ['Findings', findings(report.findings)],
    ['File mapping', fileMapping(report)],
    ['Binaries', binaries(report.elf)],
    ['Unit changes', unitChanges(report.units)],
    ['Enabled units', enabledUnits(report)],
    ['Dropped', dropped(report)],
    ['Environment', environment(report)],
  ];
  const source = report.input.path === '-' ? 'standard input' : report.input.path;
  const title = `# ${plain(source)} → ${plain(report.output.path)}`;
  return `${[title, ...sections.flatMap(([heading, text]) => [`## ${heading}`, text])].join('\n\n')}\n`;
}

function summary(report: ImageReport): string {
  const { output, findings: found } = report;
  const { error, warning, info } = report.summary;
  const rows = [
    ...sourceRows(report),
    ['Extension', `${code(output.path)} (${outputWords(output)})`],
    ...(output.sha256 === undefined ? [] : [['SHA-256', code(output.sha256)]]),
    ['Merged on', plain(hostWords(report))],
    ['Files', actionCounts(report.mapping)],
    ['Started at boot', report.enabled.map(row => code(row.unit)).join(', ') || 'nothing'],
    [
      'Findings',
      found.length === 0
        ? 'none'
        : `${countText(error, 'error')}, ${countText(warning, 'warning')}, ${info} for information`,
    ],
  ];
  const notes = [
    ...(output.size === undefined && output.format !== 'directory'
      ? ['This was a dry run: no image has been written.']
      : []),
    ...(report.complete
      ? []
      : ['The archive could not be read completely; the report covers what was read.']),
    ...sourceNotes(report),
  ];
  return [table(['What', 'Value'], rows), ...notes].join('\n\n');
}

function outputWords({ format, size, compression }: ReportOutput): string {
  const words = [format, compression, size === undefined ? undefined : sizeText(size)];
  return words.filter(word => word !== undefined).join(', ');
}

const ACTION_WORDS: Readonly<Record<MappingAction, string>> = {
  copy: 'copied',
  rewrite: 'rewritten',
  create: 'created',
  drop: 'dropped',
};

function actionCounts(mapping: readonly MappingRow[]): string {
  return Object.entries(ACTION_WORDS)
    .map(([action, word]) => `${mapping.filter(row => row.action === action).length} ${word}`)
    .join(', ');
}

function repeatLine({ command, output }: ImageReport): string {
  const epoch = output.sourceDateEpoch === 0 ? '' : `SOURCE_DATE_EPOCH=${output.sourceDateEpoch} `;
  return epoch + shellCommand(command);
}

function findings(all: readonly Finding[]): string {
  if (all.length === 0) return 'None.';
  return list(all.map(findingItem));
}

function findingItem({
  severity,
  ruleId,
  slug,
  path,
  line,
  snippet,
  message,
  fix,
}: Finding): string {
  const at = path === undefined ? '' : ` ${code(line === undefined ? path : `${path}:${line}`)}:`;
  const parts = [
    `**${severity}** ${ruleId} ${slug}${at === '' ? ':' : at} ${plain(message)}`,
    ...(snippet === undefined ? [] : [`  Line: ${code(snippet.trim())}`]),
    ...(fix ? [`  What to do: ${plain(fix.description)}`] : []),
  ];
  return parts.join('  \n');
}

function fileMapping(report: ImageReport): string {
  const rows = report.mapping.map(({ from, to, action, reason }) => [
    from === null ? '' : code(from),
    to === null ? '' : code(to),
    action,
    plain(reason),
  ]);
  return rows.length === 0
    ? 'None.'
    : table([sourceColumn(report), 'In the extension', 'Action', 'Why'], rows);
}

function binaries(elf: readonly ElfRow[]): string {
  if (elf.length === 0) return 'None.';
  const rows = elf.map(row => [
    code(row.path),
    plain(row.architecture),
    linkage(row),
    row.needed.map(code).join(' '),
    [...row.rpath, ...row.runpath].map(code).join(' '),
  ]);
  const counts = `${elf.filter(row => row.dynamic).length} of ${elf.length} are linked dynamically: they need these libraries on the host, in versions that fit. Static programs run on every release.`;
  const head = ['Path', 'Architecture', 'Linkage', 'Needed libraries', 'Library search path'];
  return `${counts}\n\n${table(head, rows)}`;
}

function linkage({ dynamic, type, interpreter }: ElfRow): string {
  const kind = dynamic ? 'dynamic' : type === 'relocatable' ? 'object file' : 'static';
  return interpreter === null ? kind : `${kind}, loaded by ${code(interpreter)}`;
}

function unitChanges(units: readonly UnitRow[]): string {
  const changed = units.filter(unit => unit.diff !== '');
  if (changed.length === 0) return 'None.';
  return changed.map(unitChange).join('\n\n');
}

function unitChange({ path, from, edits, diff }: UnitRow): string {
  const reasons = edits.map(({ line, because }) => `line ${line}: ${plain(because)}`);
  return [
    `### ${code(path)}`,
    from === null ? 'Made by the conversion.' : `From ${code(from)}.`,
    block('diff', diff),
    ...(reasons.length === 0 ? [] : [list(reasons)]),
  ].join('\n\n');
}

function enabledUnits(report: ImageReport): string {
  const { enabled, notEnabled } = report;
  const parts: string[] = [];
  if (enabled.length === 0) parts.push('The extension starts nothing at boot.');
  else {
    const rows = enabled.map(({ unit, upheldBy, dropIn, reason }) => [
      code(unit),
      code(upheldBy),
      code(dropIn),
      plain(reason),
    ]);
    parts.push(table(['Unit', 'Started by', 'Through the drop-in', 'Why'], rows));
    parts.push(
      `${code('Upholds=')} starts a unit and starts it again whenever it is found stopped. To stop one for good, mask it: ${code('systemctl mask UNIT')}.`,
    );
  }
  if (notEnabled.length > 0) {
    parts.push(notEnabledText(report));
    const rows = notEnabled.map(({ unit, wantedBy }) => [
      code(unit),
      wantedBy.map(code).join(' '),
      code(`--enable ${unit}`),
    ]);
    parts.push(table(['Unit', 'Wanted by', 'Option'], rows));
  }
  return parts.join('\n\n');
}

function dropped(report: ImageReport): string {
  const { dropped: rows } = report;
  if (rows.length === 0) return 'Nothing.';
  return table(
    [sourceColumn(report), 'Why'],
    rows.map(({ path, reason }) => [code(path), plain(reason)]),
  );
}

function environment({ tool, input, output }: ImageReport): string {
  const { path, fields } = output.extensionRelease;
  const release = Object.entries(fields).map(([key, value]) => `${key}=${value}\n`);
  const rows = [
    ['torcx2sysext', plain(tool.version)],
    ['SOURCE_DATE_EPOCH', String(output.sourceDateEpoch)],
    ...(output.maker === undefined ? [] : [['Made by', makerWords(output.maker)]]),
    ...(output.compression === undefined ? [] : [['Compression', plain(output.compression)]]),
    ...(output.blockSize === undefined ? [] : [['Block size', sizeText(output.blockSize)]]),
    ...('sha256' in input ? [['SHA-256 of the archive', code(input.sha256)]] : []),
  ];
  return [
    table(['What', 'Value'], rows),
    `${code(path)}, by which systemd decides whether a host may merge the extension:`,
    block('ini', release.join('')),
  ].join('\n\n');
}

function makerWords({ program, reproducible }: ImageMaker): string {
  const words = plain(program);
  return reproducible ? words : `${words}, which never makes the same bytes twice`;
}
