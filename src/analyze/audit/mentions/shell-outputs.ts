import { oncePerObject } from '../../../once-per-object.ts';
import { RangeSet } from '../range-set.ts';
import type { ShellCommand } from './shell-commands.ts';
import { commandNameAt } from './shell-words.ts';

/** Whether a command's output becomes a file, or what another command reads. */
export const writesFile = oncePerObject(
  (command: ShellCommand): boolean => command.separator === '|' || isRedirected(command),
);

/** Where commands stand whose output a group writes to a file: `{ … } >FILE`, `(…) >FILE`, `for …; done | tee FILE`. */
export function writtenGroups(script: string, commands: readonly ShellCommand[]): RangeSet {
  const written: { readonly start: number; readonly end: number }[] = [];
  const open: number[] = [];
  for (const [index, command] of commands.entries()) {
    const { start, words, keywords } = command;
    const isWritten = isRedirected(command) || isTeed(command, commands[index + 1]);
    for (const keyword of keywords) {
      if (OPENS.test(keyword)) open.push(start);
      const opened = CLOSES.test(keyword) ? open.pop() : undefined;
      if (opened !== undefined && isWritten) written.push({ start: opened, end: start });
    }
    if (COMPOUND.test(words[0]?.text ?? '')) open.push(start);
    if (isWritten) written.push(...words.filter(word => script.charAt(word.start) === '('));
  }
  return new RangeSet(written);
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

function isTeed({ separator }: ShellCommand, next: ShellCommand | undefined): boolean {
  return separator === '|' && next?.words[commandNameAt(next)]?.text === 'tee';
}
