import type { ConvertReport } from '../../../convert/report.ts';
import { countText } from '../../count-text.ts';
import { hostWords } from '../../host-words.ts';
import { shownPath } from '../../shown-path.ts';
import { sizeText } from '../../size-text.ts';
import type { FileFate, Obstacle, Review, ReviewedFile } from '../../wizard/wizard-services.ts';
import { glyphs } from '../parts/charset-scope.ts';
import { cellWidth, cutStart, fitText } from '../parts/fit-text.ts';
import { type Labelled, labelledLines } from '../parts/labelled-lines.ts';
import { laidOutOnce } from '../parts/laid-out-once.ts';
import { screenText } from '../parts/screen-text.ts';
import { type Line, lineOf } from '../parts/span.ts';
import type { ScreenContext } from '../screen.ts';
import type { Tone } from '../theme.ts';
import { currentReview, type ReviewState } from './review-state.ts';

/** Everything that would be written and what becomes of the archive, as lines of `columns` cells. */
export function reviewLines(
  state: ReviewState,
  context: ScreenContext,
  columns: number,
): readonly Line[] {
  const review = currentReview(state, context);
  if (review) return linesOf(review, columns);
  const { what, hint } = state.failure ?? {};
  if (what === undefined) return [lineOf(`Looking at what is there ${glyphs().goesOn}`, 'faint')];
  return labelledLines(
    [['not yet', what, 'error'], ...(hint === undefined ? [] : [['try', hint] as const])],
    columns,
  );
}

const linesOf = laidOutOnce(({ report, files, obstacle }: Review, columns): readonly Line[] => {
  return [
    ...(obstacle ? obstacleLines(obstacle, columns) : []),
    heading('Files to be written'),
    ...fileLines(files, columns),
    lineOf(''),
    heading('What becomes of the archive'),
    ...labelledLines(summaryRows(report), columns),
    ...section('Warnings', warningRows(report), columns),
    ...section('Left out', droppedRows(report), columns),
  ];
});

function heading(text: string): Line {
  return lineOf(text, 'strong');
}

function section(title: string, rows: readonly Labelled[], columns: number): readonly Line[] {
  return rows.length === 0 ? [] : [lineOf(''), heading(title), ...labelledLines(rows, columns)];
}

function obstacleLines({ what, hint, isReplaceable }: Obstacle, columns: number): readonly Line[] {
  // The hint is about options of the command line; here there is a key.
  const advice = isReplaceable ? 'r lets files be replaced; 5 leads to other names' : hint;
  const rows: readonly Labelled[] = [
    ['not yet', what, 'error'],
    ...(advice === undefined ? [] : [['try', advice] as const]),
  ];
  return [...labelledLines(rows, columns), lineOf('')];
}

const FATES: Readonly<Record<FileFate, { readonly words: string; readonly tone?: Tone }>> = {
  new: { words: 'new', tone: 'good' },
  replaced: { words: 'replaces', tone: 'warning' },
  updated: { words: 'gets a line:', tone: 'info' },
  kept: { words: 'stays as it is:', tone: 'info' },
  obstacle: { words: 'in the way:', tone: 'error' },
};

/** A long name gives way to what is there now: its end says most. */
function fileLines(files: readonly ReviewedFile[], columns: number): readonly Line[] {
  const names = files.map(({ path }) => screenText(shownPath(path)));
  const room = columns - 2 - Math.max(0, ...files.map(file => fateText(file).length));
  const cells = Math.min(Math.max(0, ...names.map(cellWidth)), room);
  return files.map((file, index) => [
    { text: `${fitText(cutStart(names[index] ?? '', cells), cells)}  ` },
    { text: fateText(file), tone: FATES[file.fate].tone },
  ]);
}

function fateText({ fate, existing }: ReviewedFile): string {
  const { words } = FATES[fate];
  if (!existing) return words;
  return `${words} ${sizeText(existing.size)} of ${existing.mtime.toISOString().slice(0, 10)}`;
}

function summaryRows(report: ConvertReport): readonly Labelled[] {
  const { mapping, units, enabled, notEnabled, summary, dropped } = report;
  const actions = (action: string) => mapping.filter(row => row.action === action).length;
  const rewritten = actions('rewrite');
  const edits = units.reduce((sum, unit) => sum + unit.edits.length, 0);
  const files = [
    `${countText(actions('copy'), 'entry', 'entries')} as they are`,
    ...(rewritten > 0 ? [`${rewritten} rewritten`] : []),
    ...(edits > 0 ? [`${countText(edits, 'change')} in units`] : []),
    `${actions('create')} added`,
    `${dropped.length} left out`,
  ];
  const { error, warning, info } = summary;
  const counts = `${countText(error, 'error')}, ${countText(warning, 'warning')}, ${info} info`;
  return [
    ['for', hostWords(report)],
    ['files', files.join(', ')],
    ['starts', enabled.map(({ unit }) => unit).join(', ') || 'nothing'],
    ...(notEnabled.length === 0
      ? []
      : [['not started', notEnabled.map(({ unit }) => unit).join(', ')] as const]),
    ['findings', counts],
  ];
}

function warningRows({ findings }: ConvertReport): readonly Labelled[] {
  return findings
    .filter(({ severity }) => severity !== 'info')
    .map(({ severity, ruleId, path, message }) => {
      return [ruleId, path === undefined ? message : `${path}: ${message}`, severity];
    });
}

function droppedRows({ dropped }: ConvertReport): readonly Labelled[] {
  return dropped.map(({ path, reason }) => ['-', `${path}: ${reason}`]);
}
