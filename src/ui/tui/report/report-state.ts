import { commandLayout } from '../parts/command-layout.ts';
import type { ScreenContext } from '../screen.ts';
import { type ReportSection, reportSections } from './report-sections.ts';

export interface ReportState {
  /** The first line that is shown. */
  readonly top: number;
}

export const initialReport: ReportState = { top: 0 };

/** In lines of the width that the frame has now. */
export function sectionsShown({ session, area }: ScreenContext): readonly ReportSection[] {
  const { columns } = commandLayout(area).inside;
  return session.written ? reportSections(session.written, columns) : [];
}

/** The lines with which sections begin. */
export function sectionStarts(sections: readonly ReportSection[]): readonly number[] {
  let next = 0;
  return sections.map(({ lines }) => {
    const start = next;
    next += lines.length;
    return start;
  });
}
