import type { ShellCommand, ShellWord } from './shell-commands.ts';

/** A word of a command that another shell reads as a script. */
export interface NestedScript {
  readonly start: number;
  readonly end: number;
  /** The command that it is a word of. */
  readonly command: ShellCommand;
}

/** The scripts of `sh -c '…'`, `ssh HOST "…"`, `eval "…"` and `trap '…'`, as far as their quotes are simple. */
export function nestedScripts(script: string, commands: readonly ShellCommand[]): NestedScript[] {
  return commands.flatMap(command =>
    command.words.flatMap((word, index) => {
      const range = quotedRange(script, word);
      return range && isScript(command.words, index) ? [{ ...range, command }] : [];
    }),
  );
}

function isScript(words: readonly ShellWord[], index: number): boolean {
  if (/^-\w*c$/.test(words[index - 1]?.text ?? '')) {
    return words.slice(0, index).some(({ text }) => SHELL.test(text));
  }
  return words.slice(0, index).some(({ text }) => /^(?:ssh|eval|trap)$/.test(text));
}

const SHELL = /^(?:.*\/)?(?:(?:ba|da|a|k|z)?sh|su|runuser|script)$/;

function quotedRange(script: string, { start, end }: ShellWord) {
  const quote = script.charAt(start);
  if ((quote !== '"' && quote !== "'") || end - start < 2) return;
  const inner = script.slice(start + 1, end - 1);
  const isWhole = script.charAt(end - 1) === quote && !new RegExp(`(?<!\\\\)${quote}`).test(inner);
  return isWhole ? { start: start + 1, end: end - 1 } : undefined;
}
