import type { KeyHelp, Screen } from '../screen.ts';
import { reduceReport } from './reduce-report.ts';
import { initialReport, type ReportState } from './report-state.ts';

/** What was made, and what to do with it. */
export const reportScreen: Screen<ReportState> = {
  title: 'Report',
  initial: initialReport,
  reduce: reduceReport,
  keys: () => KEYS,
};

const KEYS: readonly KeyHelp[] = [
  { keys: 'Enter', does: 'done', help: 'leave; the files and the command stay on the terminal' },
  { keys: 'Tab', does: 'next section', help: 'next section; Shift-Tab the one before' },
  { keys: 'j/k', does: 'scroll' },
];
