import { oncePerObject } from '../../../once-per-object.ts';
import { partitionPoint } from '../../../partition-point.ts';
import { findTorcxReferences, type TorcxReference } from '../../torcx-reference.ts';
import type { RangeSet } from '../range-set.ts';
import { isCandidate } from './candidate-list.ts';
import { type Mention, type Strength, type Use, weaker } from './mention.ts';
import { isMountOption, MOUNT_OPTION } from './mount-option.ts';
import { searchPathStrength } from './search-path.ts';
import { searchScriptStrength } from './search-script.ts';
import { isSentence } from './sentence.ts';
import { type ShellCommand, type ShellWord, shellCommands } from './shell-commands.ts';
import { type ShellGuards, shellGuards } from './shell-guards.ts';
import { shellOrder } from './shell-order.ts';
import { writesFile, writtenGroups } from './shell-outputs.ts';
import { nestedScripts } from './shell-scripts.ts';
import { type ShellVariables, shellVariables } from './shell-variables.ts';
import {
  commandName,
  commandNameAt,
  executedAt,
  isTestName,
  operands,
  wordAt,
} from './shell-words.ts';

/**
 * The references of a shell script.
 * @param script as the shell executes it: comments and here-documents blanked out
 */
export function shellMentions(script: string): Mention[] {
  return mentionsAt(script, 0);
}

/** A shell that runs a shell that runs a shell. */
const MOST_SHELLS = 4;

function mentionsAt(script: string, depth: number): Mention[] {
  const references = findTorcxReferences(script);
  if (references.length === 0) return [];
  const commands = shellCommands(script);
  const guards = shellGuards(commands, references);
  const context = { script, commands, guards, written: writtenGroups(script, commands) };
  const commandAt = (offset: number) => innermost(commands, offset);
  const order = shellOrder(commands);
  const variables = shellVariables({ text: script, commands, order, commandAt });
  const inner = depth < MOST_SHELLS ? nestedMentions(script, commands, depth) : new Map();
  return references.map(reference => {
    const { start, end } = reference;
    const nested = inner.get(start);
    if (nested) {
      const { use, strength, command } = nested;
      return { reference, start, end, use, strength: weaker(strength, guards.strengthOf(command)) };
    }
    const whole = commandAt(start);
    const command = whole && executedAt(whole, start);
    const base = { reference, start, end };
    if (!whole || !command) return { ...base, use: 'value', strength: 'inert' };
    const { use, strength } = classify(command, reference, context);
    const softened = weaker(strength, softness(reference, command, variables));
    if (LISTED.has(use) && isCandidate(script, reference))
      return { ...base, use, strength: 'inert' };
    const word = command.words[wordAt(command.words, start)];
    if (use === 'assignment' && word && variables.isReplaced(word, command))
      return { ...base, use, strength: weaker(softened, 'note'), because: REPLACED };
    return { ...base, use, strength: weaker(softened, guards.strengthOf(whole)) };
  });
}

const REPLACED = 'the script gives the variable another value before it uses it';

interface NestedMention extends Classified {
  readonly command: ShellCommand;
}

/** The references in the scripts that the commands give to other shells, by their place. */
function nestedMentions(
  script: string,
  commands: readonly ShellCommand[],
  depth: number,
): ReadonlyMap<number, NestedMention> {
  const found = new Map<number, NestedMention>();
  for (const { start, end, command } of nestedScripts(script, commands)) {
    for (const mention of mentionsAt(script.slice(start, end), depth + 1)) {
      const { use, strength } = mention;
      found.set(mention.start + start, { use, strength, command });
    }
  }
  return found;
}

const LISTED: ReadonlySet<Use> = new Set(['value', 'assignment', 'program']);

/** The innermost of the commands around `offset`; they are sorted by their start. */
function innermost(commands: readonly ShellCommand[], offset: number): ShellCommand | undefined {
  const next = partitionPoint(commands.length, index => (commands[index]?.start ?? 0) <= offset);
  for (let index = next - 1, steps = 0; index >= 0 && steps < 200; index -= 1, steps += 1) {
    const command = commands[index];
    if (command && command.end >= offset) return command;
  }
  return;
}

function softness(
  reference: TorcxReference,
  command: ShellCommand,
  variables: ShellVariables,
): Strength {
  const { variable, start: offset, text, meaning } = reference;
  if (variable !== undefined && variables.isOwn(variable, { offset, command }))
    return variable === 'TORCX_BINDIR' ? 'inert' : 'soft';
  if (variable !== undefined && HARMLESS_EXPANSION.test(text)) return 'soft';
  return command.separator === '||' && meaning.kind === 'name' ? 'soft' : 'hard';
}

/** `${TORCX_BINDIR:-/usr/bin}` has a value of today; `${TORCX_BINDIR:+$TORCX_BINDIR:}` is nothing without one. */
const HARMLESS_EXPANSION = /:?[-=]\/(?!(?:var\/)?run\/torcx)|^[\\$]*\$\{\w+:?\+/;

interface Classified {
  readonly use: Use;
  readonly strength: Strength;
}

const SAYS =
  /^(?:echo|printf|logger|log\w*|warn\w*|die|fatal|info|debug|error|notice|print|say|msg|abort|fail)$/;
const REMOVES = /^(?:rm|rmdir|unlink|shred)$/;
const DECLARES = /^(?:export|declare|local|readonly|typeset)$/;
const ENGINE = /^(?:docker|podman|nerdctl|rkt|ctr|crictl|systemd-nspawn|bwrap|toolbox)$/;

/** What is known of the script around a command. */
interface ScriptContext {
  readonly script: string;
  /** All of the script. */
  readonly commands: readonly ShellCommand[];
  readonly guards: ShellGuards;
  /** Groups of commands whose output becomes a file. */
  readonly written: RangeSet;
}

function classify(
  command: ShellCommand,
  reference: TorcxReference,
  { script, commands, guards, written }: ScriptContext,
): Classified {
  const { words } = command;
  if (command.isPattern || isPatternPlace(script, reference))
    return { use: 'value', strength: 'inert' };
  const at = wordAt(words, reference.start);
  const word = words[at];
  const nameAt = commandNameAt(command);
  const name = commandName(command);
  if (!word) return { use: 'value', strength: 'hard' };
  const inScript = searchScriptStrength(script, command, reference);
  if (inScript === 'inert') return { use: 'value', strength: 'inert' };
  const inPath = searchPathStrength(script, reference.start);
  if (inPath) return { use: 'search-path', strength: inPath };
  if (inScript) return { use: 'value', strength: inScript };
  const isAssignment = /^[A-Za-z_]\w*\+?=/.test(word.text);
  if (isAssignment && (at < nameAt || nameAt < 0 || DECLARES.test(name)))
    return assigned(script, word, reference, guards);
  if (/^(?:unset|export|readonly)$/.test(name) && reference.meaning.kind === 'name')
    return { use: 'assignment', strength: 'soft' };
  if (at === nameAt) return { use: 'program', strength: 'hard' };
  const redirection = words[at - 1]?.text ?? '';
  if (/^\d?>{1,2}\|?$/.test(redirection)) return { use: 'value', strength: 'hard' };
  if (name === '.' || name === 'source') return { use: 'source', strength: 'hard' };
  if (isTestName(name)) {
    const isPattern = /^(?:==?|!=|=~)$/.test(words[at - 1]?.text ?? '');
    return { use: 'condition', strength: isPattern ? 'inert' : 'hard' };
  }
  if (isSearched(words, at, name) || isQuotedSentence(script, word, reference))
    return { use: 'value', strength: 'inert' };
  if (REMOVES.test(name) || isCleanUp(command)) return { use: 'value', strength: 'note' };
  const keepsText = name === 'printf' && words[nameAt + 1]?.text === '-v';
  const isWritten = writesFile(command, commands) || written.has(command.start);
  if (SAYS.test(name) && !keepsText && !isWritten) {
    const isExpanded = reference.variable !== undefined && reference.meaning.kind !== 'name';
    return { use: 'value', strength: isExpanded ? 'soft' : 'inert' };
  }
  if (name === 'for' || name === 'case')
    return { use: 'value', strength: name === 'case' ? 'inert' : 'hard' };
  if (isPathFunction(name, reference)) return { use: 'search-path', strength: 'soft' };
  // In a list of arguments that are for an engine, an option comes first.
  if ((ENGINE.test(name) || MOUNT_OPTION.test(name)) && isMountOption(words, at))
    return { use: 'mount', strength: 'hard' };
  if (reference.meaning.kind === 'target') {
    const isRequired = isWritten && REQUIRES.test(leadOf(script, word, reference));
    return isRequired ? { use: 'dependency', strength: 'hard' } : targetUse(command);
  }
  if (/^(?:mkdir|install)$/.test(name) && words[nameAt + 1]?.text === '-d')
    return { use: 'value', strength: 'soft' };
  return { use: 'value', strength: name === 'mkdir' ? 'soft' : 'hard' };
}

function assigned(
  script: string,
  word: ShellWord,
  reference: TorcxReference,
  guards: ShellGuards,
): Classified {
  const name = /^\w+/.exec(word.text)?.[0] ?? '';
  if (reference.meaning.kind === 'name') return { use: 'assignment', strength: 'soft' };
  const before = leadOf(script, word, reference).replace(/^\w+\+?=["']?/, '');
  if (isSentence({ name, before })) return { use: 'assignment', strength: 'inert' };
  if (/\[[^\]]+\][+*]|\.\*|\(\?|\\[bwds]/.test(word.text))
    return { use: 'assignment', strength: 'inert' };
  return { use: 'assignment', strength: guards.isTested(name) ? 'soft' : 'hard' };
}

/** An argument for people, whatever the command does with it. */
function isQuotedSentence(script: string, word: ShellWord, reference: TorcxReference): boolean {
  const lead = leadOf(script, word, reference);
  return /^["']/.test(lead) && isSentence({ before: lead.slice(1) });
}

/** The word up to the reference; empty for one that is too long to be read for each reference in it. */
function leadOf(script: string, { start }: ShellWord, reference: TorcxReference): string {
  return reference.start - start > LONGEST_LEAD ? '' : script.slice(start, reference.start);
}

const LONGEST_LEAD = 300;

/** `${x#/run/torcx}` takes the path away from a value. */
function isPatternPlace(script: string, { start }: TorcxReference): boolean {
  return /\$\{\w+(?:\[[^\]]*\])?(?:##?|%%?|\/\/?)[^}\n]*$/.test(
    script.slice(Math.max(0, start - 80), start),
  );
}

/** What find looks for, and what a message of a commit says. */
function isSearched(words: readonly ShellWord[], at: number, name: string): boolean {
  const before = words[at - 1]?.text ?? '';
  if (name === 'git' && words.slice(0, 4).some(({ text }) => text === 'grep')) return true;
  if (name === 'find') return /^-(?:i?(?:lname|path|name|wholename)|i?regex)$/.test(before);
  if (before === '-m') return /^(?:git|hg|svn|gh)$/.test(name);
  return /^(?:--message|--reason|--comment)$/.test(before);
}

function isPathFunction(name: string, { meaning, tail }: TorcxReference): boolean {
  return /path/i.test(name) && meaning.kind === 'bin' && meaning.name === undefined && tail === '';
}

const isCleanUp = oncePerObject((command: ShellCommand): boolean => {
  if (!/systemctl$/.test(command.words[commandNameAt(command)]?.text ?? '')) return false;
  return operands(command).some(({ text }) =>
    /^(?:mask|disable|stop|reset-failed|unmask)$/.test(text),
  );
});

/** What is written is a line of a unit that cannot start without the target. */
const REQUIRES = /(?:Requires|Requisite|BindsTo)=[^=]*$/;

const targetUse = oncePerObject((command: ShellCommand): Classified => {
  const isStarted = operands(command).some(({ text }) =>
    /^(?:start|restart|enable|reenable|isolate|try-restart)$/.test(text),
  );
  return { use: 'dependency', strength: isStarted ? 'hard' : 'soft' };
});
