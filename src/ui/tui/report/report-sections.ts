import { shownPath } from '../../shown-path.ts';
import { sizeText } from '../../size-text.ts';
import type { WrittenResult } from '../../wizard/wizard-services.ts';
import { cellWidth, cutStart, fitText } from '../parts/fit-text.ts';
import { markdownLines } from '../parts/markdown-lines.ts';
import { screenText } from '../parts/screen-text.ts';
import { type Line, lineOf } from '../parts/span.ts';
import { wrapCells } from '../parts/wrap-cells.ts';

export interface ReportSection {
  readonly title: string;
  /** Its heading is the first. */
  readonly lines: readonly Line[];
}

/** Long reports are not laid out again for each key. */
const laidOut = new WeakMap<
  WrittenResult,
  { columns: number; sections: readonly ReportSection[] }
>();

/** The files, then what to do with them, then the rest of the report, in lines of at most `columns` cells. */
export function reportSections(result: WrittenResult, columns: number): readonly ReportSection[] {
  const before = laidOut.get(result);
  if (before?.columns === columns) return before.sections;
  const { report, page } = result;
  const pages = page
    .split(/^## /m)
    .slice(1)
    .map(text => pageSection(text, columns));
  const isFirst = ({ title }: ReportSection) => title === FIRST;
  const sections = [
    {
      title: 'Written',
      lines: [
        lineOf(`Written: ${screenText(report.output.name)}`, 'strong'),
        ...writtenLines(result, columns),
        lineOf(''),
      ],
    },
    ...pages.filter(isFirst),
    ...pages.filter(section => !isFirst(section)),
  ];
  laidOut.set(result, { columns, sections });
  return sections;
}

/** What people look for when there is an image. */
const FIRST = 'Next steps';

function pageSection(text: string, columns: number): ReportSection {
  const [title = ''] = text.split('\n', 1);
  return { title, lines: markdownLines(`## ${text}`, columns) };
}

function writtenLines({ written, notes }: WrittenResult, columns: number): Line[] {
  const rows = written.map(({ path, size }) => {
    return [screenText(shownPath(path)), size === undefined ? '' : sizeText(size)] as const;
  });
  const sizes = Math.max(...rows.map(([, size]) => size.length));
  const room = columns - sizes - 2;
  const paths = Math.min(room, Math.max(...rows.map(([path]) => cellWidth(path))));
  return [
    ...rows.map(([path, size]) =>
      lineOf(`${fitText(cutStart(path, paths), paths)}  ${size.padStart(sizes)}`),
    ),
    ...notes
      .flatMap(note => wrapCells(screenText(note), columns))
      .map(text => lineOf(text, 'warning')),
  ];
}
