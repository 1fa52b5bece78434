import { type Answers, answersOf } from './answers.ts';
import { type ArchiveOptions, archiveOptions } from './archive-options.ts';
import type { DisplayOptions } from './display-options.ts';
import { assertNoIdleOption } from './idle-option.ts';
import { PUBLISHING_OPTIONS } from './option-groups/publishing.ts';
import { OPTIONS } from './option-table.ts';
import type { Settings } from './settings.ts';

/** A look inside an image that writes none. */
export interface InspectOptions extends ArchiveOptions {
  readonly mode: 'inspect';
  /** What was decided so far, when somebody wants to look around and decide more. */
  readonly browse?: Answers;
  readonly display: DisplayOptions;
}

/** What only an image that is written could have. */
const WITHOUT_EFFECT = [
  OPTIONS.output,
  OPTIONS.report,
  OPTIONS.noReport,
  OPTIONS.imageFormat,
  OPTIONS.compression,
  OPTIONS.blockSize,
  OPTIONS.verify,
  OPTIONS.jobs,
  OPTIONS.sourceDateEpoch,
  ...Object.values(PUBLISHING_OPTIONS),
];

/** @throws ToolError `usage` for the first thing that makes no sense */
export function inspectOptions(
  operands: readonly string[],
  settings: Settings,
  display: DisplayOptions,
): InspectOptions {
  assertNoIdleOption(settings, WITHOUT_EFFECT, OPTIONS.inspect);
  return {
    mode: 'inspect',
    ...archiveOptions(operands, settings, { display, command: 'torcx2sysext --inspect' }),
    ...(isBrowsed(operands, settings, display) && { browse: answersOf(operands, settings) }),
    display,
  };
}

/** On a terminal, unless a report was asked for in so many words, or the terminal can only print one. */
function isBrowsed(
  [archive]: readonly string[],
  settings: Settings,
  { asks }: DisplayOptions,
): boolean {
  if (asks !== 'screens' || archive === '-') return false;
  return ![OPTIONS.format, OPTIONS.outputFile].some(spec => settings.has(spec));
}
