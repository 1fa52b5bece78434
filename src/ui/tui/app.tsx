import { Box } from 'ink';
import type { AppState } from './app-state.ts';
import { isOpening } from './is-opening.ts';
import { OverlayView } from './overlay-view.tsx';
import { glyphs } from './parts/charset-scope.ts';
import { Lines } from './parts/lines.tsx';
import { lineOf } from './parts/span.ts';
import { ScreenView } from './screen-views.tsx';
import { headerLine, keyLine, messageLine, tabsLine } from './shell-lines.ts';
import { isTooSmall, paintedArea, screenArea } from './viewport.ts';
import { WaitingView } from './waiting-view.tsx';

/** The whole interface, as a function of its state: every frame is as wide as the terminal and one row lower. */
export function App({ state }: { readonly state: AppState }) {
  const { viewport, overlay, session } = state;
  const { columns, rows } = paintedArea(viewport);
  const line = { columns, rows: 1 };
  if (isTooSmall(viewport)) return <Lines lines={[lineOf(TOO_SMALL)]} area={line} />;
  const area = screenArea(viewport);
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Lines
        lines={[headerLine(state, columns), tabsLine(state, columns)]}
        area={{ columns, rows: 2 }}
      />
      <Box width={columns} height={area.rows} overflow="hidden">
        {overlay ? (
          <OverlayView state={state} overlay={overlay} area={area} />
        ) : session.work ? (
          <WaitingView work={session.work} area={area} />
        ) : isOpening(state) ? (
          <Lines lines={[lineOf(''), lineOf(` Opening ${glyphs().goesOn}`, 'faint')]} area={area} />
        ) : (
          <ScreenView state={state} />
        )}
      </Box>
      <Lines
        lines={[messageLine(state, columns), keyLine(state, columns)]}
        area={{ columns, rows: 2 }}
      />
    </Box>
  );
}

const TOO_SMALL = 'too small: needs 60x16; Ctrl-C ends';
