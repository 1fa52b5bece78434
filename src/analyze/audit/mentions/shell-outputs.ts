import { oncePerObject } from '../../../once-per-object.ts';
import { partitionPoint } from '../../../partition-point.ts';
import { RangeSet } from '../range-set.ts';
import type { ShellCommand } from './shell-commands.ts';
import { commandNameAt } from './shell-words.ts';

/** Whether a command's output becomes a file, or what another command reads. */
export const writesFile = oncePerObject(
  (command: ShellCommand): boolean => command.separator === '|' || isRedirected(command),
);

interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Where commands stand whose output a group writes to a file: `{ … } >FILE`, `(…) >FILE`, `for …; done | tee FILE`, and
 * functions that are called so.
 */
export function writtenGroups(script: string, commands: readonly ShellCommand[]): RangeSet {
  const written: Range[] = [];
  const called = new Set<string>();
  const functions: (Range & { readonly name: string })[] = [];
  const open: { readonly start: number; readonly name: string }[] = [];
  let declared = '';
  for (const command of commands) {
    const { start, words, keywords } = command;
    const isWritten = isRedirected(command) || isTeed(command, commands);
    for (const keyword of keywords) {
      if (OPENS.test(keyword)) open.push({ start, name: declared });
      const opened = CLOSES.test(keyword) ? open.pop() : undefined;
      if (opened && isWritten) written.push({ start: opened.start, end: start });
      if (opened && opened.name !== '') functions.push({ ...opened, end: start });
    }
    declared = command.declares ?? '';
    if (COMPOUND.test(words[0]?.text ?? '')) open.push({ start, name: '' });
    if (!isWritten) continue;
    written.push(...words.filter(word => script.charAt(word.start) === '('));
    called.add(words[commandNameAt(command)]?.text ?? '');
  }
  return new RangeSet([...written, ...functions.filter(({ name }) => called.has(name))]);
}

const OPENS = /^(?:if|while|until|\{)$/;
const CLOSES = /^(?:fi|done|esac|\})$/;
/** What begins like a command, and is closed by a keyword. */
const COMPOUND = /^(?:for|select|case)$/;

function isRedirected({ words }: ShellCommand): boolean {
  return words.some(({ text }, index) => {
    const target = words[index + 1]?.text ?? '';
    return /^1?>{1,2}\|?$/.test(text) && !/^\/dev\//.test(target);
  });
}

/** @param commands all of the script, by their start: those that the command holds come before the next one */
function isTeed({ separator, end }: ShellCommand, commands: readonly ShellCommand[]): boolean {
  if (separator !== '|') return false;
  const next =
    commands[partitionPoint(commands.length, index => (commands[index]?.start ?? 0) < end)];
  return next?.words[commandNameAt(next)]?.text === 'tee';
}
