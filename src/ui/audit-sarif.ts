import type { FixEdit, Severity } from '../finding.ts';
import { pathBytes } from '../path-text.ts';
import { RULES } from '../rule-table.ts';
import type { AuditFinding, AuditReport, Unjudged } from './audit-report.ts';
import { safeJson } from './safe-text.ts';

/** The audit as SARIF 2.1.0 (OASIS, 2020), for code scanning. */
export function auditSarif(report: AuditReport): string {
  const { tool, findings, complete, scanned } = report;
  const groups = editGroups(findings);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            semanticVersion: tool.version,
            rules: AUDIT_RULES.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: complete,
            toolExecutionNotifications: [...scanned.unreadable, ...scanned.unparsed].map(
              notification,
            ),
          },
        ],
        results: findings.map(found => result(found, wholeEdits(found, groups))),
      },
    ],
  };
  return `${safeJson(JSON.stringify(log, null, 2))}\n`;
}

const AUDIT_RULES = Object.entries(RULES)
  .filter(([id]) => !id.startsWith('TX6'))
  .map(([id, rule]) => ({ id, ...rule }));

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

function descriptor({ id, slug, severity }: (typeof AUDIT_RULES)[number]) {
  return {
    id,
    name: slug,
    shortDescription: { text: slug.replaceAll('-', ' ') },
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

type EditGroups = ReadonlyMap<number, ReadonlySet<FixEdit>>;

function editGroups(findings: readonly AuditFinding[]): EditGroups {
  const groups = new Map<number, Set<FixEdit>>();
  for (const { fix } of findings) {
    if (fix?.group === undefined) continue;
    const edits = groups.get(fix.group) ?? new Set();
    groups.set(fix.group, edits);
    for (const edit of fix.edits ?? []) edits.add(edit);
  }
  return groups;
}

/** More of them are for --fix, and no button in a review. */
const MOST_EDITS = 100;
/** In characters: a file of one line is written anew as a whole by each of its fixes. */
const LONGEST_EDITS = 20_000;

/** A fix of SARIF is whole: who makes one half of a unit's edits breaks it. */
function wholeEdits({ fix }: AuditFinding, groups: EditGroups): readonly FixEdit[] {
  const edits = fix?.group === undefined ? new Set(fix?.edits) : groups.get(fix.group);
  if (!edits || edits.size > MOST_EDITS) return [];
  let length = 0;
  for (const { text } of edits) length += text.length;
  if (length > LONGEST_EDITS) return [];
  return [...edits].sort((a, b) => a.startLine - b.startLine);
}

function result(found: AuditFinding, edits: readonly FixEdit[]) {
  const { ruleId, severity, message, path, fix, suppressed, embedded } = found;
  const location = path === undefined ? undefined : artifact(path);
  const inner = embedded ? ` (in ${embedded.path || 'the embedded text'}:${embedded.line})` : '';
  return {
    ruleId,
    ruleIndex: AUDIT_RULES.findIndex(rule => rule.id === ruleId),
    level: LEVELS[severity],
    message: { text: `${message}${inner}${fix ? `\nfix: ${fix.description}` : ''}` },
    locations: location
      ? [{ physicalLocation: { artifactLocation: location, ...regionOf(found) } }]
      : [],
    ...(location &&
      fix &&
      edits.length > 0 && {
        fixes: [
          {
            description: { text: fix.description },
            artifactChanges: [{ artifactLocation: location, replacements: edits.map(replacement) }],
          },
        ],
      }),
    ...(suppressed && { suppressions: [{ kind: 'inSource', justification: suppressed.reason }] }),
  };
}

function regionOf({ line, column, endLine, endColumn, snippet }: AuditFinding) {
  if (line === undefined) return {};
  const region = {
    startLine: line,
    ...(column !== undefined && { startColumn: column }),
    ...(endLine !== undefined && { endLine }),
    ...(endColumn !== undefined && { endColumn }),
    ...(snippet !== undefined && { snippet: { text: snippet } }),
  };
  return { region };
}

/** Whole lines with their ends: up to the start of the line behind them. */
function replacement({ startLine, endLine, text }: FixEdit) {
  return {
    deletedRegion: { startLine, startColumn: 1, endLine: endLine + 1, endColumn: 1 },
    insertedContent: { text },
  };
}

function notification({ path, reason }: Unjudged) {
  return {
    level: 'error',
    message: { text: reason },
    locations: [{ physicalLocation: { artifactLocation: artifact(path) } }],
  };
}

/** RFC 3986: bytes that are not unreserved are encoded; a path that is absolute becomes a file URI. */
function artifact(path: string) {
  const encoded = Array.from(pathBytes(path.replace(/^\.\//, '')), byte => {
    const character = String.fromCharCode(byte);
    const isPlain = /[A-Za-z0-9._~/-]/.test(character);
    return isPlain ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
  return { uri: path.startsWith('/') ? `file://${encoded}` : encoded };
}
