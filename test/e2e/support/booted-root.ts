import { BOOT, POWER_OFF } from './boot-script.ts';
import { inMergedRoot, type MergedRootOptions } from './merged-root.ts';
import type { CommandResult } from './run-command.ts';

/**
 * Boots a merged root with systemd as PID 1 and runs a bash script against it, in which `inside COMMAND…` runs a
 * command in the booted system. The script starts when systemd says that booting is over (running or degraded). Gives
 * the script's result; standard error has the console if the boot failed.
 */
export function inBootedRoot(options: MergedRootOptions): Promise<CommandResult> {
  return inMergedRoot({
    timeLimit: 180_000,
    ...options,
    script: `${BOOT}\n${options.script}\n${POWER_OFF}`,
  });
}
