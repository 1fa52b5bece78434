import { Box } from 'ink';
import type { Environment } from '../../../command-line/settings.ts';
import { glyphs } from '../parts/charset-scope.ts';
import { Frame } from '../parts/frame.tsx';
import { insideFrame } from '../parts/inside-frame.ts';
import { labelledLines } from '../parts/labelled-lines.ts';
import { Lines } from '../parts/lines.tsx';
import { fitList } from '../parts/list-state.ts';
import { screenText } from '../parts/screen-text.ts';
import { type Line, lineOf } from '../parts/span.ts';
import { fieldText } from '../parts/text-field.ts';
import type { ScreenContext, ScreenProps } from '../screen.ts';
import { type Area, isWide } from '../viewport.ts';
import { problemLines, sourceLayout } from './source-layout.ts';
import { noteCells, sourceDetails, sourceLine } from './source-line.ts';
import { splitPath } from './source-path.ts';
import {
  type SourceState,
  shownDirectory,
  sourceRows,
  sourceSize,
  storeProblem,
} from './source-state.ts';

export function SourceScreen({ state, context }: ScreenProps<SourceState>) {
  const { area } = context;
  const { field, list, details } = sourceLayout(area, state.problem);
  return (
    <Box flexDirection="column" width={area.columns} height={area.rows}>
      <FieldFrame state={state} context={context} area={field} />
      <Box flexDirection={isWide(area) ? 'row' : 'column'}>
        <ListFrame state={state} context={context} area={list} />
        <Frame title="Details" area={details}>
          <Lines lines={detailLines(state, context, details)} area={insideFrame(details)} />
        </Frame>
      </Box>
    </Box>
  );
}

function FieldFrame({
  state,
  context: { session },
  area,
}: ScreenProps<SourceState> & { readonly area: Area }) {
  const { field, focus } = state;
  const inside = insideFrame(area);
  const isTyping = focus === 'field';
  const text = isTyping
    ? lineOf(fieldText(field, inside.columns))
    : lineOf(screenText(field.text) || workingDirectory(session.env), 'faint');
  return (
    <Frame title="Path of an archive" area={area} isFocused={isTyping}>
      <Lines lines={[text]} area={inside} />
    </Frame>
  );
}

/** Shells say where one is; relative paths begin there. */
function workingDirectory({ PWD }: Environment): string {
  return PWD ? `the working directory, ${screenText(PWD)}` : 'the working directory';
}

function ListFrame({ state, context, area }: ScreenProps<SourceState> & { readonly area: Area }) {
  const rows = sourceRows(state, context);
  const size = sourceSize(state, context);
  const { cursor, top } = fitList(state.list, size);
  const inside = insideFrame(area);
  const problem = storeProblem(state);
  const lines = rows.slice(top, top + size.rows).map((row, index) =>
    sourceLine(row, {
      columns: inside.columns,
      noteCells: noteCells(rows),
      isSelected: top + index === cursor && state.focus === 'list',
    }),
  );
  const filter = state.showsAll ? 'all' : 'archives';
  const place = rows.length === 0 ? 'none' : `${cursor + 1} of ${rows.length}`;
  return (
    <Frame
      title={`Choose  ${place}  filter: ${filter}`}
      area={area}
      isFocused={state.focus === 'list'}
    >
      <Lines
        lines={[
          ...(problem === undefined ? [] : [lineOf(` ${screenText(problem)}`, 'warning')]),
          ...lines,
          ...(rows.every(({ kind }) => kind === 'up') ? [emptyLine(state, context)] : []),
        ]}
        area={inside}
      />
    </Frame>
  );
}

function emptyLine(state: SourceState, context: ScreenContext): Line {
  if (state.problem !== undefined) return [];
  const isListed = state.listing?.path === shownDirectory(state, context);
  if (!isListed) return lineOf(` looking ${glyphs().goesOn}`, 'faint');
  if (splitPath(state.field.text).prefix !== '') return lineOf(' nothing here begins so', 'faint');
  const text = state.showsAll ? ' nothing is here' : ' no archive is here: f shows all files';
  return lineOf(text, 'faint');
}

function detailLines(state: SourceState, context: ScreenContext, area: Area): readonly Line[] {
  const { problem, stores, field, list } = state;
  if (problem !== undefined) return problemLines(problem, area);
  const { columns } = insideFrame(area);
  const row = sourceRows(state, context)[list.cursor];
  const { directory } = splitPath(field.text);
  const problems = stores.problems.map(text => ['store', text, 'warning'] as const);
  return [...sourceDetails(row, { columns, directory }), ...labelledLines(problems, columns)];
}
