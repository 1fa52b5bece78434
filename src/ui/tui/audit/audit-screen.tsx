import { Box } from 'ink';
import { findingPlace } from '../../finding-place.ts';
import { Frame } from '../parts/frame.tsx';
import { insideFrame } from '../parts/inside-frame.ts';
import { Lines } from '../parts/lines.tsx';
import { fitList } from '../parts/list-state.ts';
import { screenText } from '../parts/screen-text.ts';
import { cropLine, type Line } from '../parts/span.ts';
import type { ScreenProps } from '../screen.ts';
import { type Area, isWide } from '../viewport.ts';
import { auditLayout, textArea } from './audit-layout.ts';
import { auditRowLine } from './audit-row-line.ts';
import { type AuditRow, rowPath } from './audit-rows.ts';
import { type AuditState, detailLines, listSize, rowAtCursor } from './audit-state.ts';
import { statusLine } from './audit-status.ts';
import { filterText } from './filter-audit.ts';
import { patchLines } from './patch-lines.ts';

export function AuditScreen({ state, context }: ScreenProps<AuditState>) {
  const { area } = context;
  if (!state.model) return <Lines lines={[[], statusLine(state)]} area={area} />;
  if (state.patch) return <PatchFrame patch={state.patch} area={area} />;
  if (state.isFull) return <DetailsFrame state={state} area={area} />;
  const { list, details } = auditLayout(area);
  return (
    <Box flexDirection="column" width={area.columns} height={area.rows}>
      <Box flexDirection={isWide(area) ? 'row' : 'column'}>
        <ListFrame state={state} context={context} area={list} />
        {details && <DetailsFrame state={state} area={details} />}
      </Box>
      <Lines lines={[statusLine(state)]} area={{ columns: area.columns, rows: 1 }} />
    </Box>
  );
}

function ListFrame({ state, context, area }: ScreenProps<AuditState> & { readonly area: Area }) {
  const { rows, chosen, pane } = state;
  const inside = insideFrame(area);
  const { cursor, top } = fitList(state.list, listSize(state, context));
  const lines = rows
    .slice(top, top + inside.rows)
    .map((row, index) =>
      auditRowLine(row, { columns: inside.columns, isSelected: top + index === cursor, chosen }),
    );
  return (
    <Frame title={listTitle(state)} area={area} isFocused={pane === 'list'}>
      <Lines lines={rows.length === 0 ? nothingLines(state) : lines} area={inside} />
    </Frame>
  );
}

function nothingLines({ model }: AuditState): readonly Line[] {
  const hidden = model?.report.findings.length ?? 0;
  const more = hidden === 0 ? '' : ` Esc shows all ${hidden}.`;
  return [[], [{ text: ` No finding${hidden === 0 ? '.' : ' of this kind.'}${more}` }]];
}

function listTitle(state: AuditState): string {
  const count = state.rows.reduce(
    (sum, row) => sum + (row.kind === 'file' ? row.findings.length : 0),
    0,
  );
  const total = state.model?.report.findings.length ?? 0;
  return `Findings  ${count === total ? total : `${count} of ${total}`}  filter: ${filterText(state)}`;
}

function DetailsFrame({ state, area }: { readonly state: AuditState; readonly area: Area }) {
  return (
    <Scrolled
      title={detailsTitle(rowAtCursor(state))}
      lines={detailLines(state, textArea(area).columns)}
      top={state.top}
      left={state.left}
      area={area}
      isFocused={state.isFull || state.pane === 'details'}
    />
  );
}

function detailsTitle(row: AuditRow | undefined): string {
  if (!row) return 'Details';
  const place = row.kind === 'finding' && row.finding.line ? `:${findingPlace(row.finding)}` : '';
  return screenText(`${rowPath(row) || 'the whole'}${place}`);
}

function PatchFrame({
  patch: { preview, top, left },
  area,
}: {
  readonly patch: NonNullable<AuditState['patch']>;
  readonly area: Area;
}) {
  const lines = patchLines(preview, textArea(area).columns);
  return (
    <Scrolled title="All chosen fixes" lines={lines} top={top} left={left} area={area} isFocused />
  );
}

interface ScrolledProps {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly top: number;
  readonly left: number;
  readonly area: Area;
  readonly isFocused: boolean;
}

/** As many lines as the frame has room for, and where they are. */
function Scrolled({ title, lines, top, left, area, isFocused }: ScrolledProps) {
  const inside = insideFrame(area);
  const first = Math.max(0, Math.min(top, lines.length - inside.rows));
  const shown = lines.slice(first, first + inside.rows);
  const place =
    lines.length > inside.rows ? `  ${first + 1}-${first + shown.length} of ${lines.length}` : '';
  return (
    <Frame title={title} note={place} area={area} isFocused={isFocused}>
      <Lines lines={shown.map(line => [{ text: ' ' }, ...cropLine(line, left)])} area={inside} />
    </Frame>
  );
}
