import type { ImageReport, MappingRow } from '../convert/report.ts';
import type { Finding, Severity } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import { countText } from './count-text.ts';
import { hostWords } from './host-words.ts';
import { safeText } from './safe-text.ts';
import { sizeText } from './size-text.ts';
import { type Style, styleFor } from './style.ts';

export interface TextReportOptions {
  readonly color: boolean;
  /** Also the findings that are only worth knowing. */
  readonly verbose?: boolean;
}

/** What stands on stderr after a conversion. Ends in a newline. */
export function textSummary(
  report: ImageReport,
  { color, verbose = false }: TextReportOptions,
): string {
  const shown: readonly Severity[] = verbose ? ['error', 'warning', 'info'] : ['error', 'warning'];
  const findings = report.findings.filter(({ severity }) => shown.includes(severity));
  const style = styleFor({ color });
  const { output, mapping } = report;
  const size = output.size === undefined ? '' : `, ${sizeText(output.size)}`;
  const lines = [
    `${safeText(output.path)}: ${countText(mapping.filter(row => row.to !== null).length, 'file')}${size}, for ${safeText(hostWords(report))}`,
    ...unitLines(report),
    ...(verbose ? findings.flatMap(one => findingLines(one, style)) : briefLines(findings, style)),
    countLine(report),
  ];
  return `${lines.join('\n')}\n`;
}

/** A summary that scrolls off the screen summarises nothing. */
const SHOWN_PER_RULE = 2;

function briefLines(findings: readonly Finding[], style: Style): string[] {
  const byRule = groupBy(findings, ({ ruleId }) => ruleId);
  return [...byRule.values()].flatMap(same => {
    const more = same.length - SHOWN_PER_RULE;
    return [
      ...same.slice(0, SHOWN_PER_RULE).flatMap(one => findingLines(one, style)),
      ...(more > 0
        ? [`           and ${more} more of ${same[0]?.ruleId}; the report has them`]
        : []),
    ];
  });
}

/** What `--dry-run` prints on stdout: the whole plan. Ends in a newline. */
export function dryRunReport(report: ImageReport, { color }: TextReportOptions): string {
  const { output, mapping } = report;
  const style = styleFor({ color });
  const release = Object.entries(output.extensionRelease.fields).map(
    ([key, value]) => `${key}=${value}`,
  );
  const lines = [
    style.strong(`would write ${safeText(output.path)} (${output.format})`),
    `  for ${safeText(hostWords(report))}`,
    `  ${safeText(`${output.extensionRelease.path}: ${release.join(' ')}`)}`,
    style.strong('files'),
    ...mapping.map(row => mappingLine(row, style)),
    style.strong('units'),
    ...unitLines(report),
    style.strong('findings'),
    ...report.findings.flatMap(finding => findingLines(finding, style)),
    `  ${countLine(report)}`,
    'nothing was written',
  ];
  return `${lines.join('\n')}\n`;
}

function mappingLine({ from, to, action, reason }: MappingRow, style: Style): string {
  const names =
    from !== null && to !== null && from !== to ? `${from} -> ${to}` : (to ?? from ?? '');
  return `  ${action.padEnd(7)}  ${safeText(names)}  ${style.faint(`(${safeText(reason)})`)}`;
}

function unitLines({ mode, enabled, notEnabled }: ImageReport): string[] {
  const started = enabled.map(({ unit, upheldBy }) => `${safeText(unit)} (${safeText(upheldBy)})`);
  const others = notEnabled.map(({ unit }) => safeText(unit));
  return [
    `  starts at boot: ${started.join(', ') || 'nothing'}`,
    ...(others.length === 0
      ? []
      : [
          `  not started${mode === 'convert' ? ', as with Torcx' : ''}: ${others.join(', ')} (--enable would)`,
        ]),
  ];
}

function findingLines(
  { severity, ruleId, slug, path, line, message, fix }: Finding,
  style: Style,
): string[] {
  const place = [path, line].filter(part => part !== undefined).join(':');
  const label = style.severity[severity](severity.padEnd(7));
  return [
    `  ${label}  ${ruleId} ${slug}${place === '' ? '' : `  ${safeText(place)}`}`,
    `           ${safeText(message)}`,
    ...(fix ? [`           fix: ${safeText(fix.description)}`] : []),
  ];
}

function countLine({ findings, summary: { error, warning, info } }: ImageReport): string {
  if (findings.length === 0) return 'no findings';
  const counts = `${countText(error, 'error')}, ${countText(warning, 'warning')}, ${info} info`;
  return `${countText(findings.length, 'finding')}: ${counts}`;
}
