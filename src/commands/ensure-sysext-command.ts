import type { EnsureSysextOptions } from '../command-line/ensure-sysext-options.ts';
import { ensureSysextUnit } from '../provision/ensure-sysext.ts';
import type { CommandIo } from './command-io.ts';
import { emitResult } from './emit-result.ts';

/** Prints the unit that starts what extensions bring. */
export async function ensureSysextCommand(
  options: EnsureSysextOptions,
  io: CommandIo,
): Promise<number> {
  await emitResult(ensureSysextUnit(), options, io);
  return 0;
}
