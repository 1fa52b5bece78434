import type { AuditFinding } from '../../audit-report.ts';
import { markedLine } from '../../audit-snippet.ts';
import { countText } from '../../count-text.ts';
import { embeddedPlace } from '../../finding-place.ts';
import { glyphs } from '../parts/charset-scope.ts';
import { diffLines } from '../parts/diff-lines.ts';
import { screenText } from '../parts/screen-text.ts';
import { type Line, lineOf } from '../parts/span.ts';
import { wrapLines } from '../parts/wrap-lines.ts';
import type { AuditModel } from './audit-model.ts';
import type { AuditRow } from './audit-rows.ts';
import type { AuditFix } from './audit-services.ts';

interface DetailsOptions {
  readonly model: AuditModel;
  readonly chosen: ReadonlySet<string>;
  /** Cells of a line. */
  readonly columns: number;
}

/** All there is to say about a row. */
export function auditDetails(row: AuditRow, options: DetailsOptions): Line[] {
  switch (row.kind) {
    case 'finding':
      return findingDetails(row.finding, row.fix, options);
    case 'file':
      return fileDetails(row, options);
    case 'failed':
      return [
        ...wrapLines(`This file was ${row.what}: ${row.reason}.`, options.columns, 'error'),
        ...(row.what === 'not judged'
          ? wrapLines('It may hold what the audit looks for.', options.columns)
          : []),
      ];
  }
}

function findingDetails(
  found: AuditFinding,
  fix: AuditFix | undefined,
  { chosen, columns }: DetailsOptions,
): Line[] {
  const { severity, ruleId, slug, message, embedded, suppressed } = found;
  return [
    [
      { text: severity, tone: severity },
      { text: `  ${ruleId} ${slug}`, tone: 'strong' },
    ],
    lineOf(''),
    ...snippetLines(found, columns),
    ...wrapLines(message, columns),
    ...(embedded ? wrapLines(embeddedPlace(embedded), columns) : []),
    ...(suppressed ? wrapLines(`Ignored: ${suppressed.reason || 'no reason given'}`, columns) : []),
    lineOf(''),
    ...fixLines(found, fix, { chosen, columns }),
  ];
}

function snippetLines(found: AuditFinding, columns: number): Line[] {
  const marked = markedLine(found, { width: columns, cut: glyphs().cut, shown: screenText });
  if (!marked) return [];
  return [lineOf(marked.text), lineOf(marked.marks, found.severity), lineOf('')];
}

function fixLines(
  { fix: own }: AuditFinding,
  fix: AuditFix | undefined,
  { chosen, columns }: Pick<DetailsOptions, 'chosen' | 'columns'>,
): Line[] {
  if (!own) return wrapLines('Nothing here can be done by a program.', columns, 'faint');
  const head = wrapLines(`Fix (${own.safety}): ${own.description}`, columns, 'strong');
  if (!fix) return head;
  const others = fix.findings.length - 1;
  const together = `Made together with ${countText(others, 'other finding')} or not at all.`;
  return [
    ...head,
    ...(others === 0 ? [] : wrapLines(together, columns)),
    ...wrapLines(choiceText(fix, chosen), columns),
    lineOf(''),
    ...hunksOf(fix.patch),
  ];
}

function choiceText({ key, safety }: AuditFix, chosen: ReadonlySet<string>): string {
  if (chosen.has(key)) return 'Chosen; Space leaves it out.';
  return safety === 'safe'
    ? 'Not chosen; Space takes it.'
    : 'Not chosen, since it needs a look: more than Torcx may change. Space takes it.';
}

function fileDetails(
  { path, findings }: Extract<AuditRow, { kind: 'file' }>,
  { model, chosen }: DetailsOptions,
): Line[] {
  const fixes = model.fixes.filter(fix => fix.path === path);
  const taken = fixes.filter(({ key }) => chosen.has(key));
  const choices =
    fixes.length === 0
      ? 'nothing that a program can fix'
      : `${taken.length} of ${countText(fixes.length, 'fix', 'fixes')} chosen`;
  return [
    lineOf(`${countText(findings.length, 'finding')}, ${choices}`),
    ...taken.flatMap(({ patch }) => [lineOf(''), ...hunksOf(patch)]),
  ];
}

/** Which file it is stands above. */
function hunksOf(patch: string): Line[] {
  return diffLines(patch).slice(2);
}
