import { partitionPoint } from '../../../partition-point.ts';
import type { TorcxReference } from '../../torcx-reference.ts';
import type { Strength } from './mention.ts';
import { referredName, testedNames } from './shell-alternatives.ts';
import type { ShellCommand } from './shell-commands.ts';
import { branchEnding, type Ending, endingBehind } from './shell-endings.ts';
import { flagQuestion, raisedFlag, variableName } from './shell-flags.ts';
import { isTestName } from './shell-words.ts';

/** Which commands only run where Torcx is, and which tests only skip something. */
export interface ShellGuards {
  strengthOf(command: ShellCommand): Strength;
  /** Whether the script asks if the file that the variable names exists, before it uses it. */
  isTested(variable: string): boolean;
}

/** Commands of a branch that are looked through for its end: `[ -e … ] || { echo …; exit 1; }` and the like are short. */
const LONGEST_BODY = 11;

interface Block {
  readonly kind: 'if' | 'loop';
  isCondition: boolean;
  /** The branch that is taken where Torcx is, as far as the condition asks for it. */
  branch: Branch | undefined;
  guarded: boolean;
  /** The branch that is being read. */
  current: Branch | undefined;
  /** The branch that is taken where files of these names are not in the place of today. */
  alternative: { readonly branch: Branch; readonly names: ReadonlySet<string> } | undefined;
}

type Branch = 'then' | 'else';

/** Nobody nests deeper what looks for one program. */
const MOST_BRANCHES = 8;

/** @param references of the same text, by their start */
export function shellGuards(
  commands: readonly ShellCommand[],
  references: readonly TorcxReference[],
): ShellGuards {
  const reader = new GuardReader(commands, references);
  reader.read();
  return reader;
}

class GuardReader implements ShellGuards {
  readonly #commands: readonly ShellCommand[];
  readonly #references: readonly TorcxReference[];
  readonly #starts: readonly number[];
  readonly #strengths = new Map<ShellCommand, Strength>();
  readonly #tested = new Set<string>();
  readonly #torcxVariables: ReadonlySet<string>;
  /** Functions that only ask for Torcx, and whether they are to say that it is there. */
  readonly #functions = new Map<string, boolean>();
  readonly #questions = new Set<ShellCommand>();
  /** Variables that are raised where Torcx is, and the value that they get there. */
  readonly #flags = new Map<string, string>();
  /** How often each of the script's simple assignments stands in it. */
  readonly #raised = new Map<string, number>();
  readonly #blocks: Block[] = [];
  /** How many of the blocks only run where Torcx is. */
  #guarded = 0;
  /** The script has ended by now where Torcx is not. */
  #isOver = false;

  constructor(commands: readonly ShellCommand[], references: readonly TorcxReference[]) {
    this.#commands = commands;
    this.#references = references;
    this.#starts = references.map(({ start }) => start);
    this.#torcxVariables = new Set(this.#assignedNames());
    for (const command of commands) {
      const flag = raisedFlag(command)?.join('=');
      if (flag !== undefined) this.#raised.set(flag, (this.#raised.get(flag) ?? 0) + 1);
    }
  }

  strengthOf(command: ShellCommand): Strength {
    return this.#strengths.get(command) ?? 'hard';
  }

  isTested(variable: string): boolean {
    return this.#tested.has(variable);
  }

  read(): void {
    for (const [index, command] of this.#commands.entries()) this.#readCommand(command, index);
  }

  *#assignedNames(): Generator<string> {
    for (const command of this.#commands) {
      for (const word of command.words) {
        const name = /^([A-Za-z_]\w*)=/.exec(word.text)?.[1];
        if (name !== undefined && this.#hasReference(word.start, word.end)) yield name;
      }
    }
  }

  #readCommand(command: ShellCommand, index: number): void {
    for (const keyword of command.keywords) this.#readKeyword(keyword);
    const block = this.#blocks.at(-1);
    if (command.declares !== undefined) this.#readFunction(command.declares, index);
    if (this.#questions.has(command)) {
      this.#strengths.set(command, 'soft');
      return;
    }
    if (this.#isTest(command)) {
      if (this.#endingWithout(command, index, block) === 'quiet') this.#isOver = true;
      const hard = this.#isRequired(command, index, block);
      const isNegated = this.#asksForAbsence(command);
      this.#strengths.set(command, hard ? 'hard' : 'soft');
      const names = hard ? [] : [...this.#testedNames(command)];
      for (const name of names) {
        if (!isNegated || this.#isAssignedNext(name, index)) this.#tested.add(name);
      }
      if (block?.isCondition) block.branch = isNegated ? 'else' : 'then';
      else if (command.separator === (isNegated ? '||' : '&&')) {
        this.#raiseFlag(this.#commands[index + 1]);
        this.#softenNext(index);
      }
      return;
    }
    if (block?.guarded) this.#raiseFlag(command);
    this.#readAlternative(command, index, block);
    if (this.#guarded > 0 || this.#isOver) this.#strengths.set(command, 'soft');
    else if (this.#isInAlternative(command)) this.#strengths.set(command, 'soft');
    else if (this.#isForgiven(command, index)) this.#strengths.set(command, 'soft');
  }

  /** `has_torcx() { [ -e SEAL ]; }`, also with `|| return 1` and the like behind the test. */
  #readFunction(name: string, index: number): void {
    const body = this.#commands.slice(index + 1, index + 1 + LONGEST_QUESTION);
    const end = body.findIndex(({ keywords }) => keywords.includes('}'));
    const [test, ...others] = body
      .slice(0, Math.max(end, 0))
      .filter(({ words }) => words.length > 0);
    if (!test || !this.#isTest(test) || !others.every(isAnswer)) return;
    this.#functions.set(name, !isNegative(test));
    this.#questions.add(test);
  }

  #raiseFlag(command: ShellCommand | undefined): void {
    const flag = command && raisedFlag(command);
    if (flag && this.#raised.get(flag.join('=')) === 1) this.#flags.set(...flag);
  }

  #readKeyword(keyword: string): void {
    const block = this.#blocks.at(-1);
    if (keyword === 'if') this.#blocks.push(newBlock('if'));
    else if (keyword === 'while' || keyword === 'until') this.#blocks.push(newBlock('loop'));
    else if (keyword === 'elif' && block) this.#set(block, newBlock('if'));
    else if ((keyword === 'then' || keyword === 'else') && block) {
      const guarded = block.branch === keyword;
      this.#set(block, { isCondition: false, guarded, current: keyword });
    } else if (keyword === 'do' && block?.kind === 'loop') block.isCondition = false;
    else if (keyword === 'fi' && block?.kind === 'if') this.#end(block);
    else if (keyword === 'done' && block?.kind === 'loop') this.#end(block);
  }

  /** `[ -x /usr/bin/x ] || X=…`, also as an `if`, and `command -v x`. */
  #readAlternative(command: ShellCommand, index: number, block: Block | undefined): void {
    const names = testedNames(command);
    if (names.size === 0) return;
    const isNegated = isNegative(command);
    if (block?.isCondition) {
      block.alternative = { branch: isNegated ? 'then' : 'else', names };
      return;
    }
    const list = this.#commands.slice(index, index + LONGEST_BODY);
    const before = isNegated ? 0 : list.findIndex(({ separator }) => separator === '||');
    const isJoined = list
      .slice(0, before + 1)
      .every(({ separator }) => separator === '&&' || separator === '||');
    const other = list[before + 1];
    if (before < 0 || !isJoined || !other) return;
    if (this.#refersOnlyTo(names, other)) this.#strengths.set(other, 'soft');
  }

  #isInAlternative(command: ShellCommand): boolean {
    return this.#blocks
      .slice(-MOST_BRANCHES)
      .some(
        ({ alternative, current }) =>
          alternative?.branch === current && this.#refersOnlyTo(alternative?.names, command),
      );
  }

  #refersOnlyTo(names: ReadonlySet<string> | undefined, { start, end }: ShellCommand): boolean {
    if (!names) return false;
    const first = this.#firstReference(start);
    const own: string[] = [];
    for (let at = first; (this.#starts[at] ?? end) < end; at += 1) {
      const reference = this.#references[at];
      if (reference) own.push(referredName(reference));
    }
    return own.length > 0 && own.every(name => names.has(name));
  }

  #set(block: Block, change: Partial<Block>): void {
    const before = block.guarded;
    Object.assign(block, change);
    this.#guarded += Number(block.guarded) - Number(before);
  }

  #end(block: Block): void {
    this.#set(block, { guarded: false });
    this.#blocks.pop();
  }

  /** `[ … ]`, `test`, or a look-up whose answer is only asked for. */
  #isTest(command: ShellCommand): boolean {
    const { words, start, end } = command;
    const [first, second] = words;
    if (this.#functions.has(first?.text ?? '')) return true;
    if (this.#flags.has(flagQuestion(command)?.name ?? '')) return true;
    const isTest = isTestName(first?.text ?? '');
    const isLookUp =
      /^(?:command|type|which|hash)$/.test(first?.text ?? '') &&
      (first?.text !== 'command' || second?.text === '-v');
    if (!isTest && !isLookUp) return false;
    return (
      this.#hasReference(start, end) ||
      words.some(({ text }) => this.#torcxVariables.has(variableName(text)))
    );
  }

  /** Whether the answer to a test is yes where Torcx is not. */
  #asksForAbsence(command: ShellCommand): boolean {
    const isPresence = this.#functions.get(command.words[0]?.text ?? '');
    if (isPresence !== undefined) return command.keywords.includes('!') === isPresence;
    const question = flagQuestion(command);
    const value = this.#flags.get(question?.name ?? '');
    if (!question || value === undefined) return isNegative(command);
    const isOther = question.value !== undefined && question.value !== value;
    return question.isNegated !== isOther;
  }

  /** The script ends or waits for ever where the test fails. */
  #isRequired(command: ShellCommand, index: number, block: Block | undefined): boolean {
    if (block?.isCondition && block.kind === 'loop') return true;
    return this.#endingWithout(command, index, block) === 'failure';
  }

  /** How the script ends where Torcx is not, as far as a test of it decides that. */
  #endingWithout(command: ShellCommand, index: number, block: Block | undefined): Ending {
    const isNegated = this.#asksForAbsence(command);
    if (command.separator === (isNegated ? '&&' : '||')) return endingBehind(this.#commands, index);
    if (!block?.isCondition || /^(?:&&|\|\|)$/.test(command.separator)) return;
    return branchEnding(this.#commands, index, isNegated ? 'then' : 'else');
  }

  /** `[ -x "$X" ] || X=…`, also as an `if`: the value only counts where the file is. */
  #isAssignedNext(name: string, index: number): boolean {
    const body = this.#commands.slice(index + 1, index + 1 + LONGEST_BODY);
    const end = body.findIndex(({ keywords }) => keywords.includes('fi'));
    return (end < 0 ? body.slice(0, 1) : body.slice(0, end)).some(({ words }) =>
      words.some(({ text }) => text.startsWith(`${name}=`)),
    );
  }

  #softenNext(index: number): void {
    for (let at = index + 1; at < this.#commands.length; at += 1) {
      const command = this.#commands[at];
      if (!command) return;
      this.#strengths.set(command, 'soft');
      if (command.separator !== '&&' && command.separator !== '|') return;
    }
  }

  /** `… || true`, and `… || fallback` that does not end the script. */
  #isForgiven(command: ShellCommand, index: number): boolean {
    if (this.#strengths.get(command) === 'soft') return true;
    const last = this.#pipelineEnd(index);
    const isLast = this.#commands[last + 1] === undefined;
    return (
      this.#commands[last]?.separator === '||' &&
      !isLast &&
      endingBehind(this.#commands, last) !== 'failure'
    );
  }

  /** The last command of the pipeline that the one at `index` belongs to. */
  #pipelineEnd(index: number): number {
    let end = index;
    while (this.#commands[end]?.separator === '|' && end - index < LONGEST_BODY) end += 1;
    return end;
  }

  *#testedNames({ words }: ShellCommand): Generator<string> {
    for (const { text } of words) if (variableName(text) !== '') yield variableName(text);
  }

  #hasReference(start: number, end: number): boolean {
    return (this.#starts[this.#firstReference(start)] ?? Number.POSITIVE_INFINITY) < end;
  }

  #firstReference(start: number): number {
    return partitionPoint(this.#starts.length, index => (this.#starts[index] ?? 0) < start);
  }
}

function newBlock(kind: Block['kind']): Block {
  return {
    kind,
    isCondition: true,
    branch: undefined,
    guarded: false,
    current: undefined,
    alternative: undefined,
  };
}

/** A function that asks has a line or three. */
const LONGEST_QUESTION = 5;

function isAnswer({ words }: ShellCommand): boolean {
  return /^(?:return|true|false|:)$/.test(words[0]?.text ?? '');
}

function isNegative({ keywords, words }: ShellCommand): boolean {
  const inner = words.slice(1, 4).map(({ text }) => text);
  return keywords.includes('!') !== (inner[0] === '!' || inner[0] === '-z' || inner[1] === '-z');
}
