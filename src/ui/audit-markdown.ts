import type { Severity } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import type { AuditFinding, AuditReport, Unjudged } from './audit-report.ts';
import { markedLine } from './audit-snippet.ts';
import { releaseText } from './audit-text.ts';
import { countText } from './count-text.ts';
import { GLYPHS } from './glyphs.ts';
import { code, list, plain, table } from './markdown-syntax.ts';

/** The audit as a page: for a ticket, a pull request or a job summary. */
export function auditMarkdown(report: AuditReport): string {
  const { scanned, fixed, unfixed } = report;
  const sections = [
    `# Audit of ${scanned.roots.map(code).join(', ')}`,
    summary(report),
    ...fileSections(report.findings),
    ...section(
      'Fixed',
      fixed.map(path => code(path)),
    ),
    ...section('Not fixed', unfixed.map(unjudged)),
    ...section('Unreadable', scanned.unreadable.map(unjudged)),
    ...section('Unparsed', scanned.unparsed.map(unjudged)),
    ...section('Skipped', scanned.skipped.map(unjudged)),
  ];
  return `${sections.join('\n\n')}\n`;
}

function summary({ scanned, target, summary: counts, complete }: AuditReport): string {
  const { error, warning, info, suppressed, fixable } = counts;
  const read = `Checked ${countText(scanned.files, 'file')} for ${plain(releaseText(target.flatcar))}.`;
  const isClean = error + warning + info === 0;
  return [
    isClean ? `${read} **No findings.**` : read,
    ...(complete ? [] : ['**Incomplete**: not everything could be read or parsed.']),
    table(
      ['Errors', 'Warnings', 'Info', 'Suppressed', 'Fixable with `--fix`'],
      [[error, warning, info, suppressed, fixable].map(String)],
    ),
  ].join('\n\n');
}

function fileSections(findings: readonly AuditFinding[]): string[] {
  const byPath = groupBy(findings, ({ path = '' }) => path);
  return [...byPath].map(([path, found]) => `## ${code(path)}\n\n${list(found.map(item))}`);
}

const LABELS: Readonly<Record<Severity, string>> = {
  error: '**error**',
  warning: '**warning**',
  info: 'info',
};

function item(found: AuditFinding): string {
  const { line, severity, ruleId, slug, message, fix, embedded, suppressed } = found;
  const place = line === undefined ? '' : `line ${line}: `;
  const inner = embedded ? `, in ${embeddedText(embedded)}` : '';
  const marked = markedLine(found, { width: SNIPPET_WIDTH, cut: GLYPHS.utf8.cut });
  return [
    `${place}${LABELS[severity]} ${ruleId} ${slug}${inner}${suppressed ? ' (suppressed)' : ''}`,
    ...(marked ? [code(marked.text)] : []),
    plain(message),
    ...(fix ? [`fix (${fix.safety}): ${code(fix.description)}`] : []),
    ...(suppressed ? [`suppressed: ${plain(suppressed.reason || 'no reason given')}`] : []),
  ].join('  \n  ');
}

/** A base64 text of a whole file is one line. */
const SNIPPET_WIDTH = 120;

function embeddedText({ path, line }: NonNullable<AuditFinding['embedded']>): string {
  return path === '' ? `line ${line} of the embedded text` : `${code(path)} line ${line}`;
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`## ${title}\n\n${list(items)}`];
}

function unjudged({ path, reason }: Unjudged): string {
  return `${code(path)}: ${plain(reason)}`;
}
