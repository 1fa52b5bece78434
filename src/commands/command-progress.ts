import type { DisplayOptions } from '../command-line/display-options.ts';
import { createProgress, type Progress } from '../ui/progress-line.ts';
import type { CommandIo } from './command-io.ts';

/** Progress on standard error, shown as the user has asked for it. */
export function commandProgress(
  { progress }: Pick<DisplayOptions, 'progress'>,
  io: CommandIo,
): Progress {
  const display = createProgress({
    mode: progress,
    write: text => io.stderr(text),
    now: () => io.now(),
    columns: io.columns,
  });
  io.setProgressEnd?.(() => display.end());
  return display;
}
