import type { CompletionOptions } from '../command-line/completion-options.ts';
import { bashCompletion } from '../ui/completion/bash-completion.ts';
import { completedOptions } from '../ui/completion/completed-options.ts';
import { fishCompletion } from '../ui/completion/fish-completion.ts';
import { zshCompletion } from '../ui/completion/zsh-completion.ts';
import type { CommandIo } from './command-io.ts';
import { emitResult } from './emit-result.ts';

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

/** Prints a script that makes a shell complete command lines of this program. */
export async function completionCommand(
  options: CompletionOptions,
  io: CommandIo,
): Promise<number> {
  await emitResult(SCRIPTS[options.shell](completedOptions()), options, io);
  return 0;
}
