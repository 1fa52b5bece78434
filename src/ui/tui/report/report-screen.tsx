import { TextAboveCommand } from '../parts/text-above-command.tsx';
import type { ScreenContext } from '../screen.ts';
import { type ReportState, sectionStarts, sectionsShown } from './report-state.ts';

interface ReportProps {
  readonly state: ReportState;
  readonly context: ScreenContext;
}

export function ReportScreen({ state: { top }, context }: ReportProps) {
  const sections = sectionsShown(context);
  const current = sectionStarts(sections).findLastIndex(start => start <= top);
  const title = `Report: ${sections[current]?.title ?? ''}`;
  const lines = sections.flatMap(section => section.lines);
  return <TextAboveCommand title={title} lines={lines} top={top} context={context} />;
}
