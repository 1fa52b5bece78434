import { shownPath } from '../../shown-path.ts';
import { sizeText } from '../../size-text.ts';
import type { WrittenResult } from '../../wizard/wizard-services.ts';
import { cellWidth, cutStart, fitText } from '../parts/fit-text.ts';
import { laidOutOnce } from '../parts/laid-out-once.ts';
import { markdownLines } from '../parts/markdown-lines.ts';
import { screenText } from '../parts/screen-text.ts';
import { type Line, lineOf } from '../parts/span.ts';
import { wrapCells } from '../parts/wrap-cells.ts';

export interface ReportSection {
  readonly title: string;
  /** Its heading is the first. */
  readonly lines: readonly Line[];
}

/** The files, then what to do with them, then the rest of the report, in lines of at most `columns` cells. */
export const reportSections = laidOutOnce(
  (result: WrittenResult, columns): readonly ReportSection[] => {
    const { report, page } = result;
    const pages = page
      .split(/^## /m)
      .slice(1)
      .map(text => pageSection(text, columns));
    const isFirst = ({ title }: ReportSection) => title === FIRST;
    return [
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
  },
);

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
