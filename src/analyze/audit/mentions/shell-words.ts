import { oncePerObject } from '../../../once-per-object.ts';
import { partitionPoint } from '../../../partition-point.ts';
import { baseName } from '../../../path-names.ts';
import type { ShellCommand, ShellWord } from './shell-commands.ts';

/** What find runs, where the offset lies in that; else the command itself. */
export function executedAt(command: ShellCommand, offset: number): ShellCommand {
  const inner = executedByFind(command);
  return inner && inner.start <= offset && offset < inner.end ? inner : command;
}

const executedByFind = oncePerObject((command: ShellCommand): ShellCommand | undefined => {
  const { words } = command;
  if (words[commandNameAt(command)]?.text !== 'find') return;
  const from = words.findIndex(({ text }) => /^-(?:exec|execdir|ok|okdir)$/.test(text)) + 1;
  const first = words[from];
  if (from === 0 || !first) return;
  return { ...command, words: words.slice(from), start: first.start };
});

const WRAPPERS =
  /^(?:sudo|xargs|env|exec|nice|ionice|nohup|command|builtin|time|timeout|chrt|setsid|eval|stdbuf)$/;
/** The index of the word around `offset`, -1 between two of them; they are sorted. */
export function wordAt(words: readonly ShellWord[], offset: number): number {
  const at = partitionPoint(words.length, index => (words[index]?.end ?? 0) <= offset);
  const word = words[at];
  return word && word.start <= offset ? at : -1;
}

/** The index of the word that names the program, behind variables and programs that run it; -1 when there is none. */
export const commandNameAt = oncePerObject(({ words }: ShellCommand): number => {
  let wrapped = false;
  return words.findIndex(({ text }) => {
    if (/^[A-Za-z_]\w*\+?=/.test(text)) return false;
    if (WRAPPERS.test(text)) {
      wrapped = true;
      return false;
    }
    return !(wrapped && /^-|^\d+[smh]?$/.test(text));
  });
});

/** Without the directory that it is called in. */
export function commandName(command: ShellCommand): string {
  return baseName(command.words[commandNameAt(command)]?.text ?? '');
}

/** `[`, or the operator behind `&&` within `[[ … ]]`, which begins a command of its own to the reader. */
export function isTestName(name: string): boolean {
  return /^(?:\[\[?|test|-[a-hkprstuwxGLNOS])$/.test(name);
}

/** The words behind the command's name. */
export const operands = oncePerObject((command: ShellCommand) =>
  command.words.slice(commandNameAt(command) + 1),
);
