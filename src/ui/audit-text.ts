import { isBefore, WITHOUT_TORCX } from '../flatcar-release.ts';
import { groupBy } from '../group-by.ts';
import { largest } from '../largest.ts';
import {
  type AuditFinding,
  type AuditReport,
  isUnsafelyFixable,
  type Unjudged,
} from './audit-report.ts';
import { markedLine } from './audit-snippet.ts';
import { countText } from './count-text.ts';
import { embeddedPlace, findingPlace } from './finding-place.ts';
import { safeText } from './safe-text.ts';
import { type Style, styleFor } from './style.ts';
import { textWidth, wrapText } from './wrap-text.ts';

export interface AuditTextOptions {
  readonly color: boolean;
  /** Name each file that was passed over, too. */
  readonly verbose?: boolean;
}

/** The audit for people: a block for each finding below its file, then what was read and what came of it. */
export function auditText(
  report: AuditReport,
  { color, verbose = false }: AuditTextOptions,
): string {
  const style = styleFor({ color });
  const lines = [
    ...report.fixed.map(path => `fixed ${safeText(path)}`),
    ...report.unfixed.flatMap(({ path, reason }) =>
      wrapText(safeText(`not fixed: ${path}: ${reason}`), PAGE),
    ),
    ...(report.fixed.length + report.unfixed.length > 0 ? [''] : []),
    ...byPath(report.findings).flatMap(findings => fileBlock(findings, style)),
    ...unjudgedLines(report, verbose),
  ];
  const isOpen = lines.length > 0 && lines.at(-1) !== '';
  return `${[...lines, ...(isOpen ? [''] : []), ...auditSummary(report)].join('\n')}\n`;
}

/** What was read, and how many findings of which kind there are. */
export function auditSummary(report: AuditReport): string[] {
  const { scanned, target, fixed } = report;
  const { files, roots, unreadable, unparsed, skipped } = scanned;
  const read = `Checked ${countText(files, 'file')} under ${roots.join(', ')} for ${releaseText(target.flatcar)}`;
  const counts = [`${unreadable.length} unreadable`, `${unparsed.length} unparsed`];
  if (skipped.length > 0) counts.push(`${skipped.length} skipped`);
  return [
    ...wrapText(safeText(`${read} (${counts.join(', ')}).`), PAGE),
    ...wrapText(countSentences(report), PAGE),
    ...exitSentence(report),
    ...(fixed.length > 0 ? [RELOAD] : []),
  ];
}

/** Told after each fix: systemd goes on with what it read before. */
const RELOAD = 'On the node, systemd reads the new units with: systemctl daemon-reload';

/** `Flatcar >= 3794`: from there on no release has Torcx, and all are alike. Before it each is meant alone. */
export function releaseText(version: string): string {
  const hasTorcx = isBefore(version, WITHOUT_TORCX);
  return `Flatcar ${hasTorcx ? '' : '>= '}${version.replace(/(?:\.0)+$/, '')}`;
}

const PAGE = { width: 80 };
const INDENT = ' '.repeat(8);
const BODY = { width: PAGE.width - INDENT.length };
/** Less room than this behind the carets, and the message starts on a line of its own. */
const LEAST_ROOM = 16;

function byPath(findings: readonly AuditFinding[]): AuditFinding[][] {
  return [...groupBy(findings, ({ path = '' }) => path).values()];
}

function fileBlock(findings: readonly AuditFinding[], style: Style): string[] {
  const width = largest(
    findings.map(found => findingPlace(found).length),
    4,
  );
  return [
    style.strong(safeText(findings[0]?.path ?? '')),
    ...findings.flatMap(found => [headLine(found, width, style), ...body(found, style)]),
  ];
}

function headLine(found: AuditFinding, width: number, style: Style): string {
  const { severity, ruleId, slug, fix, suppressed } = found;
  const label = style.severity[severity](severity.padEnd(7));
  const tags = [fix && `[fix: ${fix.safety}]`, suppressed && '[suppressed]'].filter(tag => tag);
  return [`  ${findingPlace(found).padEnd(width)}`, label, `${ruleId} ${slug}`, ...tags].join('  ');
}

function body(found: AuditFinding, style: Style): string[] {
  const { message, fix, embedded, suppressed } = found;
  const lines = [
    ...markedMessage(found, safeText(message), style),
    ...(embedded ? wrapText(safeText(embeddedPlace(embedded)), BODY) : []),
    ...(fix ? wrapText(safeText(`fix: ${fix.description}`), BODY) : []),
    ...(suppressed
      ? wrapText(safeText(`suppressed: ${suppressed.reason || 'no reason given'}`), BODY)
      : []),
  ];
  return lines.map(line => INDENT + line);
}

function markedMessage(found: AuditFinding, message: string, style: Style): string[] {
  const marked = markedLine(found, { width: BODY.width });
  if (!marked) return wrapText(message, BODY);
  const paint = style.severity[found.severity];
  const room = BODY.width - textWidth(marked.marks) - 1;
  if (room < LEAST_ROOM)
    return [marked.text, paintMarks(marked.marks, paint), ...wrapText(message, BODY)];
  const [first = '', ...rest] = wrapText(message, { ...BODY, first: room });
  return [marked.text, `${paintMarks(marked.marks, paint)} ${first}`.trimEnd(), ...rest];
}

/** The spaces before the carets stay outside, so that nothing but the carets is coloured. */
function paintMarks(marks: string, paint: (text: string) => string): string {
  return marks.replace(/\^+/, paint);
}

/** A whole list would bury the findings; JSON has all of it. */
const MOST_NAMED = 20;

function unjudgedLines({ scanned, findings }: AuditReport, verbose: boolean): string[] {
  const { unreadable, unparsed, skipped } = scanned;
  const lines = [
    ...named('unreadable', unreadable),
    ...named('unparsed', unparsed),
    ...(verbose ? named('skipped', skipped) : skippedKinds(skipped)),
  ];
  return findings.length > 0 && lines.length > 0 ? ['', ...lines] : lines;
}

function named(label: string, list: readonly Unjudged[]): string[] {
  const more = list.length - MOST_NAMED;
  return [
    ...list
      .slice(0, MOST_NAMED)
      .map(({ path, reason }) => safeText(`${label}: ${path}: ${reason}`)),
    ...(more > 0 ? [`${label}: ${more} more; --format json names all`] : []),
  ];
}

/** `skipped: a binary file (3), a FIFO (1)` */
function skippedKinds(skipped: readonly Unjudged[]): string[] {
  if (skipped.length === 0) return [];
  const counts = new Map<string, number>();
  for (const { reason } of skipped) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const kinds = [...counts].slice(0, MOST_NAMED).map(([reason, count]) => `${reason} (${count})`);
  return wrapText(safeText(`skipped: ${kinds.join(', ')}`), PAGE);
}

function countSentences({ summary, findings }: AuditReport): string {
  const { error, warning, info, suppressed, fixable } = summary;
  const total = error + warning + info;
  const counts = `${countText(error, 'error')}, ${countText(warning, 'warning')}, ${info} info`;
  const isShown = findings.some(found => found.suppressed !== null);
  return [
    total === 0 ? 'No findings.' : `${countText(total, 'finding')}: ${counts}.`,
    ...fixableSentence(fixable, findings.filter(isUnsafelyFixable).length),
    ...(suppressed === 0
      ? []
      : [`${suppressed} suppressed${isShown ? '' : ': --show-suppressed shows them'}.`]),
  ].join(' ');
}

function fixableSentence(safe: number, unsafe: number): string[] {
  if (safe > 0 && unsafe > 0) {
    return [`${safe} can be fixed: --diff shows how; ${unsafe} more with --unsafe-fixes.`];
  }
  if (safe > 0) return [`${safe} can be fixed: --diff shows how.`];
  return unsafe > 0 ? [`${unsafe} can be fixed: --diff --unsafe-fixes shows how.`] : [];
}

function exitSentence({ exitCode, findings }: AuditReport): string[] {
  if (exitCode !== 1) return [];
  const worst = findings.find(({ severity }) => severity === 'error') ?? findings[0];
  const kind = worst?.severity === 'error' ? 'errors' : 'findings';
  return [`Exit 1: ${kind} found. Explain a rule: torcx2sysext --explain ${worst?.ruleId}`];
}
