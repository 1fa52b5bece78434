import { nextSteps } from '../../markdown-next-steps.ts';
import { safeBlock, safeText } from '../../safe-text.ts';
import { shownPath } from '../../shown-path.ts';
import { textSummary } from '../../text-report.ts';
import type { WrittenResult } from '../wizard-services.ts';

/** What was written, and what of it needs a look. */
export function resultLines({ report, written, notes }: WrittenResult): string[] {
  return [
    '',
    ...textSummary(report, { color: false }).trimEnd().split('\n'),
    ...notes.map(safeText),
    ...written.map(({ path }) => `wrote ${safeText(shownPath(path))}`),
  ];
}

/** What to do with it. */
export function nextStepLines({ report }: WrittenResult): string[] {
  return ['', ...safeBlock(nextSteps(report)).split('\n'), ''];
}
