import { RULES, type RuleId } from '../rule-table.ts';
import { code, plain, table } from './markdown-syntax.ts';
import { safeJson } from './safe-text.ts';

/** What `--list-rules` prints: a line for each rule, so that it can be searched line by line. */
export function ruleListText(): string {
  const rows = ruleRows();
  const width = Math.max(...rows.map(({ slug }) => slug.length));
  return rows
    .map(
      ({ id, severity, slug, summary }) =>
        `${id}  ${severity.padEnd(7)}  ${slug.padEnd(width)}  ${summary}\n`,
    )
    .join('');
}

/** The same as a Markdown table. */
export function rulesMarkdown(): string {
  const rows = ruleRows().map(({ id, severity, slug, summary }) => [
    id,
    severity,
    code(slug),
    plain(summary),
  ]);
  return `${table(['Rule', 'Severity', 'Name', 'What it finds'], rows)}\n`;
}

/** All rules, or the one of `explained` with its page, as schema/report-1.0.schema.json describes them. */
export function rulesJson(
  explained: { readonly rule: RuleId; readonly page: string } | undefined,
  version: string,
): string {
  const rules = ruleRows().filter(({ id }) => explained === undefined || id === explained.rule);
  const document = {
    schemaVersion: '1.0',
    mode: explained ? 'explain' : 'list-rules',
    exitCode: 0,
    tool: { name: 'torcx2sysext', version },
    rules: rules.map(rule => ({ ...rule, ...(explained && { page: explained.page }) })),
  };
  return `${safeJson(JSON.stringify(document, null, 2))}\n`;
}

function ruleRows() {
  return Object.entries(RULES).map(([id, rule]) => ({ id, ...rule }));
}
