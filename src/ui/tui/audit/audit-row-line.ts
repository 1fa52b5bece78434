import { findingPlace } from '../../finding-place.ts';
import { glyphs } from '../parts/charset-scope.ts';
import { cellWidth, cutStart, fitText } from '../parts/fit-text.ts';
import { screenText } from '../parts/screen-text.ts';
import type { Line, Span } from '../parts/span.ts';
import type { AuditRow } from './audit-rows.ts';
import type { AuditFix } from './audit-services.ts';

interface AuditRowLook {
  readonly columns: number;
  readonly isSelected: boolean;
  /** Keys of the fixes that will be made. */
  readonly chosen: ReadonlySet<string>;
}

/** One line of the list. */
export function auditRowLine(row: AuditRow, look: AuditRowLook): Line {
  const spans: Line = [{ text: look.isSelected ? '>' : ' ' }, ...rowSpans(row, look)];
  // The cursor's line is inverse as a whole: colours in it would be holes.
  return look.isSelected ? spans.map(({ text }) => ({ text, tone: 'selected' })) : spans;
}

function rowSpans(row: AuditRow, look: AuditRowLook): Line {
  switch (row.kind) {
    case 'file':
      return fileSpans(row, look);
    case 'finding':
      return findingSpans(row, look);
    case 'failed':
      return [
        { text: `${row.what} `, tone: 'error' },
        { text: `${screenText(row.path)}: ${screenText(row.reason)}` },
      ];
  }
}

function fileSpans(
  { path, findings, isFolded }: Extract<AuditRow, { kind: 'file' }>,
  { columns }: AuditRowLook,
): Line {
  const count = ` ${findings.length} `;
  const room = columns - 3 - cellWidth(count);
  const name = path === '' ? '(the whole)' : screenText(path);
  return [
    { text: `${isFolded ? glyphs().folded : glyphs().open} ` },
    { text: fitText(cutStart(name, room), room), tone: 'strong' },
    { text: count, tone: 'faint' },
  ];
}

const SEVERITY_CELLS = 8;
const PLACE_CELLS = 7;
const MARK_CELLS = 4;
const SAFETY_CELLS = 7;

function findingSpans(
  { finding, fix }: Extract<AuditRow, { kind: 'finding' }>,
  { columns, chosen }: AuditRowLook,
): Line {
  const { severity, ruleId, slug, suppressed } = finding;
  const used = 4 + MARK_CELLS + SEVERITY_CELLS + PLACE_CELLS + SAFETY_CELLS;
  const title = fitText(`${ruleId} ${slug}`, Math.max(0, columns - used));
  const isCounted = suppressed === null;
  const safety = isCounted ? (finding.fix?.safety ?? '') : 'ignored';
  return [
    { text: '  ' },
    markSpan(fix, chosen),
    { text: fitText(severity, SEVERITY_CELLS), tone: isCounted ? severity : 'faint' },
    { text: `${fitText(findingPlace(finding), PLACE_CELLS - 1, 'right')} ` },
    { text: title, tone: isCounted ? undefined : 'faint' },
    { text: ` ${fitText(safety, SAFETY_CELLS)}`, tone: 'faint' },
  ];
}

/** Nothing stands where there is nothing to choose. */
function markSpan(fix: AuditFix | undefined, chosen: ReadonlySet<string>): Span {
  if (!fix) return { text: ' '.repeat(MARK_CELLS) };
  if (!chosen.has(fix.key)) return { text: '[ ] ' };
  return { text: '[x] ', tone: fix.safety === 'safe' ? 'good' : 'warning' };
}
