import type { Severity } from '../finding.ts';
import type { AuditFinding, AuditReport } from './audit-report.ts';
import { auditSummary } from './audit-text.ts';
import { safeText } from './safe-text.ts';

/**
 * Workflow commands of GitHub Actions, one annotation for each finding, then the summary for the log.
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function auditGithub(report: AuditReport): string {
  const counting = report.findings.filter(({ suppressed }) => suppressed === null);
  return `${[...counting.map(annotation), ...auditSummary(report)].join('\n')}\n`;
}

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'notice',
};

function annotation(found: AuditFinding): string {
  const { severity, path, line, column, endLine, endColumn, ruleId, slug, message, fix } = found;
  const properties = {
    file: path,
    line,
    endLine,
    col: column,
    // GitHub refuses columns of an annotation that spans lines.
    endColumn: endLine === line ? endColumn : undefined,
    title: `${ruleId} ${slug}`,
  };
  const list = Object.entries(properties).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${escapeProperty(String(value))}`],
  );
  const text = [message, ...(fix ? [`fix: ${fix.description}`] : [])].map(safeText).join('\n');
  return `::${COMMANDS[severity]} ${list.join(',')}::${escapeData(text)}`;
}

/** The runner undoes these, and no others. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(safeText(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
