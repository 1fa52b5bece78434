import type { Analysis } from '../analysis.ts';
import { cutStart, fitText } from '../parts/fit-text.ts';
import { labelledLines } from '../parts/labelled-lines.ts';
import { screenText } from '../parts/screen-text.ts';
import type { Line } from '../parts/span.ts';
import type { Details } from '../table/reduce-table.ts';
import type { FindingRow } from './finding-rows.ts';

const SEVERITY_CELLS = 8;
const RULE_CELLS = 6;

/** The names of the columns, in the cells of {@link findingLine}. */
export function findingHeader(columns: number): string {
  const path = fitText('FILE', pathCells(columns));
  return `${fitText('SEVERITY', SEVERITY_CELLS)} ${fitText('RULE', RULE_CELLS)} ${path} WHAT`;
}

/** One finding: how bad it is, which rule, which file, and as much of its words as fits. */
export function findingLine({ found }: FindingRow, columns: number): Line {
  const { severity, ruleId, path = '', line, message } = found;
  const place = line === undefined ? path : `${path}:${line}`;
  const cells = pathCells(columns);
  return [
    { text: fitText(severity, SEVERITY_CELLS), tone: severity },
    { text: ` ${fitText(ruleId, RULE_CELLS)} ` },
    { text: fitText(cutStart(screenText(place), cells), cells) },
    { text: ' ' },
    { text: fitText(screenText(message), messageCells(columns)), tone: 'faint' },
  ];
}

/** The whole of it: the message, and what one can do. */
export function findingDetails(
  { found }: FindingRow,
  _analysis: Analysis,
  columns: number,
): Details {
  const { severity, ruleId, slug, path, line, message, fix } = found;
  const lines = labelledLines(
    [
      ['severity', severity, severity],
      ['what', message],
      ...(path === undefined
        ? []
        : [['where', line === undefined ? path : `${path}:${line}`] as const]),
      ...(fix ? [['fix', fix.description] as const] : []),
    ],
    columns,
  );
  return { title: `${ruleId} ${slug}`, lines };
}

function pathCells(columns: number): number {
  const room = columns - SEVERITY_CELLS - RULE_CELLS - 3;
  return Math.max(12, Math.floor(room * 0.5));
}

function messageCells(columns: number): number {
  return Math.max(0, columns - SEVERITY_CELLS - RULE_CELLS - 3 - pathCells(columns));
}
