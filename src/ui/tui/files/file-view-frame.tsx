import { withoutAdded } from '../../added-path.ts';
import { Frame } from '../parts/frame.tsx';
import { insideFrame } from '../parts/inside-frame.ts';
import { Lines } from '../parts/lines.tsx';
import { screenText } from '../parts/screen-text.ts';
import { cropLine } from '../parts/span.ts';
import type { ScreenContext } from '../screen.ts';
import type { Area } from '../viewport.ts';
import type { FilesState } from './files-state.ts';
import { viewLines } from './view-lines.ts';

/** What {@link viewLines} has of the entry under the cursor, beside the tree or instead of it. */
export function FileViewFrame({
  state,
  context,
  area,
}: {
  readonly state: FilesState;
  readonly context: ScreenContext;
  readonly area: Area;
}) {
  const { view, pane, isFull } = state;
  const inside = insideFrame(area);
  const lines = viewLines(state, context);
  const { top = 0, left = 0 } = view ?? {};
  const first = Math.max(0, Math.min(top, lines.length - inside.rows));
  const shown = lines.slice(first, first + inside.rows);
  const place =
    lines.length > inside.rows ? `  ${first + 1}-${first + shown.length} of ${lines.length}` : '';
  const title = isFull && view ? screenText(withoutAdded(view.path)) : 'Content';
  return (
    <Frame title={title} note={place} area={area} isFocused={isFull || pane === 'preview'}>
      <Lines lines={left === 0 ? shown : shown.map(line => cropLine(line, left))} area={inside} />
    </Frame>
  );
}
