import type { AppState } from './app-state.ts';
import type { Overlay } from './overlay.ts';
import { pageLines, pageSize, pageTitle } from './overlay-page.ts';
import { Frame } from './parts/frame.tsx';
import { Lines } from './parts/lines.tsx';
import { moreBelow } from './parts/more-below.ts';
import { screenText } from './parts/screen-text.ts';
import { type Line, lineOf } from './parts/span.ts';
import { fieldText } from './parts/text-field.ts';
import { wrapCells } from './parts/wrap-cells.ts';
import type { Area } from './viewport.ts';

interface OverlayProps {
  readonly state: AppState;
  readonly overlay: Overlay;
  readonly area: Area;
}

/** What covers the screen. */
export function OverlayView({ state, overlay, area }: OverlayProps) {
  const size = pageSize(state);
  const { title, note, lines } = contentOf(state, overlay, size);
  const isPage = 'top' in overlay;
  const rows = isPage ? area.rows : Math.min(area.rows, lines.length + 2);
  return (
    <Frame title={title} note={note ?? ''} area={{ ...area, rows }} isFocused>
      <Lines
        lines={lines.map(line => [{ text: ' ' }, ...line])}
        area={{ columns: area.columns - 2, rows: rows - 2 }}
      />
    </Frame>
  );
}

interface Content {
  readonly title: string;
  readonly note?: string;
  readonly lines: readonly Line[];
}

function contentOf(state: AppState, overlay: Overlay, { columns, rows }: Area): Content {
  switch (overlay.kind) {
    case 'confirm': {
      const question = wrapCells(screenText(overlay.question), columns);
      return { title: 'y or n?', lines: question.map(text => lineOf(text)) };
    }
    case 'ask': {
      const question = wrapCells(screenText(overlay.question), columns);
      return {
        title: 'Type an answer',
        lines: [
          ...question.map(line => lineOf(line)),
          lineOf(fieldText(overlay.field, columns), 'accent'),
        ],
      };
    }
    default: {
      const lines = pageLines(state, overlay);
      const top = Math.max(0, Math.min(overlay.top, lines.length - rows));
      const note = moreBelow(lines.length - top - rows);
      return { title: pageTitle(state, overlay), note, lines: lines.slice(top, top + rows) };
    }
  }
}
