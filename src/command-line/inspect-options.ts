import { usageError } from '../usage-error.ts';
import { type ArchiveOptions, archiveOptions } from './archive-options.ts';
import type { DisplayOptions } from './display-options.ts';
import { longFlag, OPTIONS, PUBLISHING_OPTIONS } from './option-table.ts';
import type { Settings } from './settings.ts';

/** A look inside an image that writes none. */
export interface InspectOptions extends ArchiveOptions {
  readonly mode: 'inspect';
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
  ...PUBLISHING_OPTIONS,
];

/** @throws ToolError `usage` for the first thing that makes no sense */
export function inspectOptions(
  operands: readonly string[],
  settings: Settings,
  display: DisplayOptions,
): InspectOptions {
  const idle = WITHOUT_EFFECT.find(spec => settings.hasFlag(spec));
  if (idle) throw usageError(`${longFlag(idle)} has no effect with --inspect`);
  return {
    mode: 'inspect',
    ...archiveOptions(operands, settings, { display, command: 'torcx2sysext --inspect' }),
    display,
  };
}
