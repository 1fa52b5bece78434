import { TextAboveCommand } from '../parts/text-above-command.tsx';
import type { ScreenProps } from '../screen.ts';
import { type ReportState, sectionStarts, sectionsShown } from './report-state.ts';

export function ReportScreen({ state: { top }, context }: ScreenProps<ReportState>) {
  const sections = sectionsShown(context);
  const current = sectionStarts(sections).findLastIndex(start => start <= top);
  const title = `Report: ${sections[current]?.title ?? ''}`;
  const lines = sections.flatMap(section => section.lines);
  return <TextAboveCommand title={title} lines={lines} top={top} context={context} />;
}
