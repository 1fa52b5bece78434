import { oncePerObject } from '../../../once-per-object.ts';
import { baseName } from '../../../path-names.ts';
import type { TorcxReference } from '../../torcx-reference.ts';
import type { Strength } from './mention.ts';
import { isSedOutput } from './sed-output.ts';
import type { ShellCommand } from './shell-commands.ts';
import { commandNameAt, operands, wordAt } from './shell-words.ts';

/**
 * How much a reference matters in a pattern or program of grep, sed and the like; undefined for one in a file's name.
 * What is only looked for is `inert`. What sed is told to write are lines of units more often than not.
 */
export function searchScriptStrength(
  script: string,
  command: ShellCommand,
  { start, meaning }: TorcxReference,
): Strength | undefined {
  const { words } = command;
  const at = wordAt(words, start);
  const word = words[at];
  if (!word || !SEARCHES.test(nameOf(command)) || !isScriptWord(command, at)) return;
  // A name alone is a variable that a unit gets, perhaps with a value of today.
  if (!editsNode(command) || meaning.kind === 'name') return 'inert';
  const source = script.slice(word.start, word.end);
  if (!isSedOutput(source, start - word.start)) return 'inert';
  return IS_WEAK.test(source.slice(0, start - word.start)) ? 'soft' : 'hard';
}

const SEARCHES = /^(?:[efz]?grep|rg|ag|ack|g?sed|[gmn]?awk|perl)$/;

/** What a unit does without; its line may begin behind an `\n`. */
const IS_WEAK = /(?:\b|\\n)(?:After|Before|Wants|PartOf)=[^=\n]*$|\bEnvironmentFile=-$/;

/** A file of the node, as opposed to one of an image that is being built or converted: `"$ROOT/usr/…"`. */
const editsNode = oncePerObject((command: ShellCommand): boolean => {
  if (!/^(?:g?sed|perl)$/.test(nameOf(command))) return false;
  return operands(command).some(({ text }) =>
    /^(?:\/(?:etc|opt|usr|var|home|root)\/|\$(?:\w+|\{\w+\})$)/.test(text),
  );
});

function nameOf(command: ShellCommand): string {
  return baseName(command.words[commandNameAt(command)]?.text ?? '');
}

function isScriptWord(command: ShellCommand, at: number): boolean {
  const { words } = command;
  const before = words[at - 1]?.text ?? '';
  if (/^(?:-\w*[ef]|--expression|--regexp)$/.test(before)) return !/^-\w*f$/.test(before);
  if (/^--(?:expression|regexp)=/.test(words[at]?.text ?? '')) return true;
  return !hasScriptOption(command) && firstOperand(command) === words[at];
}

const hasScriptOption = oncePerObject((command: ShellCommand) =>
  operands(command).some(({ text }) => /^(?:-\w*e|--expression|--regexp)(?:$|=)/.test(text)),
);

const firstOperand = oncePerObject((command: ShellCommand) =>
  operands(command).find(({ text }) => !text.startsWith('-')),
);
