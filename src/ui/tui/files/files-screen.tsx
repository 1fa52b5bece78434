import { Box } from 'ink';
import { entryChoice } from '../../../entry-choice.ts';
import type { Analysis } from '../analysis.ts';
import { Frame } from '../parts/frame.tsx';
import { insideFrame } from '../parts/inside-frame.ts';
import { Lines } from '../parts/lines.tsx';
import { fitList } from '../parts/list-state.ts';
import { moreBelow } from '../parts/more-below.ts';
import { screenText } from '../parts/screen-text.ts';
import type { ScreenProps } from '../screen.ts';
import type { Area } from '../viewport.ts';
import { isWide } from '../viewport.ts';
import { detailsLines } from './details-lines.ts';
import { entryRow } from './entry-row.ts';
import { FileViewFrame } from './file-view-frame.tsx';
import { filesLayout } from './files-layout.ts';
import { type FilesState, listSize, nodeAtCursor } from './files-state.ts';
import { statusLine } from './status-line.ts';

export function FilesScreen({ state, context }: ScreenProps<FilesState>) {
  const { area, session } = context;
  if (!session.analysis) return null;
  if (state.isFull) return <FileViewFrame state={state} context={context} area={area} />;
  const { list, details, preview } = filesLayout(area);
  const status = { columns: area.columns, rows: 1 };
  return (
    <Box flexDirection="column" width={area.columns} height={area.rows}>
      <Box flexDirection={isWide(area) ? 'row' : 'column'}>
        <TreeFrame state={state} context={context} area={list} />
        <Box flexDirection="column">
          {details && <DetailsFrame state={state} analysis={session.analysis} area={details} />}
          {preview && <FileViewFrame state={state} context={context} area={preview} />}
        </Box>
      </Box>
      <Lines lines={[statusLine(state)]} area={status} />
    </Box>
  );
}

function TreeFrame({ state, context, area }: ScreenProps<FilesState> & { readonly area: Area }) {
  const { choices } = context.session;
  const inside = insideFrame(area);
  const { cursor, top } = fitList(state.list, listSize(state, context));
  const lines = state.rows.slice(top, top + inside.rows).map((node, row) =>
    entryRow(node, {
      columns: inside.columns,
      isSelected: top + row === cursor,
      isFolded: state.folded.has(node.path),
      choice: entryChoice(node.path, choices),
    }),
  );
  return (
    <Frame title={treeTitle(state)} area={area} isFocused={state.pane === 'list'}>
      <Lines lines={lines} area={inside} />
    </Frame>
  );
}

function treeTitle({ rows, filter, sort, list }: FilesState): string {
  const place = rows.length === 0 ? 'none' : `${list.cursor + 1} of ${rows.length}`;
  return `Files  ${place}  filter: ${filter}  sort: ${sort}`;
}

interface DetailsProps {
  readonly state: FilesState;
  readonly analysis: Analysis;
  readonly area: Area;
}

function DetailsFrame({ state, analysis, area }: DetailsProps) {
  const node = nodeAtCursor(state);
  const inside = insideFrame(area);
  const lines = node ? detailsLines(node, analysis, inside.columns) : [];
  return (
    <Frame
      title={node ? screenText(node.name) : 'Details'}
      note={moreBelow(lines.length - inside.rows)}
      area={area}
    >
      <Lines lines={lines} area={inside} />
    </Frame>
  );
}
