import { partitionPoint } from '../../../partition-point.ts';
import type { TorcxReference } from '../../torcx-reference.ts';
import type { Strength } from './mention.ts';
import type { ShellCommand } from './shell-commands.ts';

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
  branch: 'then' | 'else' | undefined;
  guarded: boolean;
}

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
  readonly #starts: readonly number[];
  readonly #strengths = new Map<ShellCommand, Strength>();
  readonly #tested = new Set<string>();
  readonly #torcxVariables: ReadonlySet<string>;
  readonly #blocks: Block[] = [];
  /** How many of the blocks only run where Torcx is. */
  #guarded = 0;
  /** The script has ended by now where Torcx is not. */
  #isOver = false;

  constructor(commands: readonly ShellCommand[], references: readonly TorcxReference[]) {
    this.#commands = commands;
    this.#starts = references.map(({ start }) => start);
    this.#torcxVariables = new Set(this.#assignedNames());
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
    if (this.#isTest(command)) {
      if (this.#leavesQuietly(command, index, block)) this.#isOver = true;
      const hard = this.#isRequired(command, index, block);
      const isNegated = isNegative(command);
      this.#strengths.set(command, hard ? 'hard' : 'soft');
      const names = hard ? [] : [...this.#testedNames(command)];
      for (const name of names) {
        if (!isNegated || this.#isAssignedNext(name, index)) this.#tested.add(name);
      }
      if (block?.isCondition) block.branch = isNegated ? 'else' : 'then';
      else if (command.separator === (isNegated ? '||' : '&&')) this.#softenNext(index);
      return;
    }
    if (this.#guarded > 0 || this.#isOver) this.#strengths.set(command, 'soft');
    else if (this.#isForgiven(command, index)) this.#strengths.set(command, 'soft');
  }

  #readKeyword(keyword: string): void {
    const block = this.#blocks.at(-1);
    if (keyword === 'if') this.#blocks.push(newBlock('if'));
    else if (keyword === 'while' || keyword === 'until') this.#blocks.push(newBlock('loop'));
    else if (keyword === 'elif' && block) this.#set(block, newBlock('if'));
    else if ((keyword === 'then' || keyword === 'else') && block) {
      this.#set(block, { isCondition: false, guarded: block.branch === keyword });
    } else if (keyword === 'do' && block?.kind === 'loop') block.isCondition = false;
    else if (keyword === 'fi' && block?.kind === 'if') this.#end(block);
    else if (keyword === 'done' && block?.kind === 'loop') this.#end(block);
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
  #isTest({ words, start, end }: ShellCommand): boolean {
    const [first, second] = words;
    // What follows `&&` within `[[ … ]]` is a command of its own to the reader.
    const isTest = /^(?:\[\[?|test|-[a-z])$/.test(first?.text ?? '');
    const isLookUp =
      /^(?:command|type|which|hash)$/.test(first?.text ?? '') &&
      (first?.text !== 'command' || second?.text === '-v');
    if (!isTest && !isLookUp) return false;
    return (
      this.#hasReference(start, end) ||
      words.some(({ text }) => this.#torcxVariables.has(variableName(text)))
    );
  }

  /** The script ends or waits for ever where the test fails. */
  #isRequired(command: ShellCommand, index: number, block: Block | undefined): boolean {
    const next = this.#commands[index + 1];
    if (block?.isCondition && block.kind === 'loop') return true;
    const isNegated = isNegative(command);
    if (command.separator === '||') return !isNegated && next !== undefined && isEnd(next);
    if (command.separator === '&&') return isNegated && next !== undefined && isEnd(next);
    if (!block?.isCondition) return false;
    return isNegated && this.#bodyEnds(index);
  }

  /** `[ -e … ] || exit 0`, also as an `if`: what follows is only for nodes with Torcx. */
  #leavesQuietly(command: ShellCommand, index: number, block: Block | undefined): boolean {
    const isNegated = isNegative(command);
    const next = this.#commands[index + 1];
    if (command.separator === '||' && !isNegated) return isQuietEnd(next);
    if (command.separator === '&&' && isNegated) return isQuietEnd(next);
    return block?.isCondition === true && isNegated && isQuietEnd(next);
  }

  /** Whether a command before the next `fi` or `else` leaves the script. */
  #bodyEnds(index: number): boolean {
    for (const command of this.#commands.slice(index + 1, index + 1 + LONGEST_BODY)) {
      if (command.keywords.some(keyword => keyword === 'fi' || keyword === 'else')) return false;
      if (isEnd(command)) return true;
    }
    return false;
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
    const next = this.#commands[index + 1];
    return command.separator === '||' && next !== undefined && !isEnd(next) && !isComplaint(next);
  }

  *#testedNames({ words }: ShellCommand): Generator<string> {
    for (const { text } of words) if (variableName(text) !== '') yield variableName(text);
  }

  #hasReference(start: number, end: number): boolean {
    const starts = this.#starts;
    const first = partitionPoint(starts.length, index => (starts[index] ?? 0) < start);
    return (starts[first] ?? Number.POSITIVE_INFINITY) < end;
  }
}

function newBlock(kind: Block['kind']): Block {
  return { kind, isCondition: true, branch: undefined, guarded: false };
}

function isNegative({ keywords, words }: ShellCommand): boolean {
  const inner = words.slice(1, 4).map(({ text }) => text);
  return keywords.includes('!') !== (inner[0] === '!' || inner[0] === '-z' || inner[1] === '-z');
}

function isEnd({ words }: ShellCommand): boolean {
  const [name, status] = words.map(({ text }) => text);
  if (name === 'exit' || name === 'return') return status !== '0';
  return (
    name === 'false' || name === 'die' || name === 'fatal' || name === 'abort' || name === 'fail'
  );
}

function isQuietEnd(command: ShellCommand | undefined): boolean {
  const [name, status] = (command?.words ?? []).map(({ text }) => text);
  return name === 'exit' && status === '0';
}

function isComplaint({ words }: ShellCommand): boolean {
  return /^(?:\{|die|fatal|abort|fail)$/.test(words[0]?.text ?? '');
}

function variableName(text: string): string {
  return /^\$\{?([A-Za-z_]\w*)\}?$/.exec(text)?.[1] ?? '';
}
