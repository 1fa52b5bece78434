import { oncePerObject } from '../../../once-per-object.ts';
import { partitionPoint } from '../../../partition-point.ts';
import { documentKind } from '../document-kind.ts';
import { RangeSet } from '../range-set.ts';
import type { ShellCommand } from './shell-commands.ts';
import { commandNameAt, operands } from './shell-words.ts';

/**
 * Whether a command's output becomes a file that programs read, or what another command reads. Logs and documents are for
 * people.
 * @param commands all of the script, by their start
 */
export function writesFile(command: ShellCommand, commands: readonly ShellCommand[]): boolean {
  if (command.separator !== '|') return isRedirected(command);
  const reader = commandBehind(command, commands);
  const name = reader?.words[commandNameAt(reader)]?.text;
  return name === 'tee' ? isTeed(command, commands) : name !== 'logger';
}

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

const isRedirected = oncePerObject(({ words }: ShellCommand): boolean =>
  words.some(
    ({ text }, index) => /^1?>{1,2}\|?$/.test(text) && isForPrograms(words[index + 1]?.text ?? ''),
  ),
);

function isTeed(command: ShellCommand, commands: readonly ShellCommand[]): boolean {
  if (command.separator !== '|') return false;
  const reader = commandBehind(command, commands);
  if (reader?.words[commandNameAt(reader)]?.text !== 'tee') return false;
  const file = operands(reader).find(({ text }) => !text.startsWith('-'));
  return file !== undefined && isForPrograms(file.text);
}

/** As opposed to a log or a document. */
function isForPrograms(path: string): boolean {
  const isDevice = path.startsWith('/dev/');
  return !isDevice && !/\$\{?\w*log/i.test(path) && documentKind(path, '') !== 'prose';
}

/** Those that a command holds come before it. */
function commandBehind(
  { end }: ShellCommand,
  commands: readonly ShellCommand[],
): ShellCommand | undefined {
  return commands[partitionPoint(commands.length, index => (commands[index]?.start ?? 0) < end)];
}
