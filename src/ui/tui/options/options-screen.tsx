import { Box } from 'ink';
import { CommandFrame } from '../parts/command-frame.tsx';
import { Frame } from '../parts/frame.tsx';
import { insideFrame } from '../parts/inside-frame.ts';
import { Lines } from '../parts/lines.tsx';
import { fitList } from '../parts/list-state.ts';
import type { ScreenProps } from '../screen.ts';
import { isWide } from '../viewport.ts';
import { optionDetails } from './option-details.ts';
import { optionLine } from './option-line.ts';
import { OPTION_ROWS } from './option-rows.ts';
import { optionsLayout } from './options-layout.ts';
import { type OptionsState, optionsSize } from './options-state.ts';

export function OptionsScreen({ state, context }: ScreenProps<OptionsState>) {
  const { area, session } = context;
  const { list, details, command } = optionsLayout(area);
  const { cursor, top } = fitList(state.list, optionsSize(context));
  const row = OPTION_ROWS[cursor];
  const [inList, inDetails] = [insideFrame(list), insideFrame(details)];
  const lines = OPTION_ROWS.slice(top, top + inList.rows).map((one, index) =>
    optionLine(one, {
      columns: inList.columns,
      isSelected: top + index === cursor,
      field: top + index === cursor ? state.field : undefined,
      session,
    }),
  );
  return (
    <Box flexDirection="column" width={area.columns} height={area.rows}>
      <Box flexDirection={isWide(area) ? 'row' : 'column'}>
        <Frame
          title={`Options  ${cursor + 1} of ${OPTION_ROWS.length}`}
          area={list}
          isFocused={!state.field}
        >
          <Lines lines={lines} area={inList} />
        </Frame>
        <Frame
          title={row?.kind === 'question' ? row.question.title : (row?.title ?? '')}
          area={details}
        >
          <Lines lines={optionDetails(row, state, { context, area: inDetails })} area={inDetails} />
        </Frame>
      </Box>
      <CommandFrame session={session} area={command} />
    </Box>
  );
}
