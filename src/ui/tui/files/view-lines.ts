import { insideFrame } from '../parts/inside-frame.ts';
import { type Line, lineOf } from '../parts/span.ts';
import type { ScreenContext } from '../screen.ts';
import { detailsLines } from './details-lines.ts';
import { filesLayout } from './files-layout.ts';
import { type FilesState, nodeAtCursor } from './files-state.ts';

/** The content of the entry under the cursor; before it what is known of the entry, where that has no room of its own. */
export function viewLines(
  state: FilesState,
  { session: { analysis }, area }: ScreenContext,
): readonly Line[] {
  const { lines = [] } = state.view ?? {};
  const node = nodeAtCursor(state);
  if (!state.isFull || !node || !analysis) return lines;
  const { columns, rows } = insideFrame(filesLayout(area).details ?? { columns: 0, rows: 0 });
  if (detailsLines(node, analysis, columns).length <= rows) return lines;
  const details = detailsLines(node, analysis, insideFrame(area).columns);
  return lines.length === 0 ? details : [...details, lineOf(''), ...lines];
}
