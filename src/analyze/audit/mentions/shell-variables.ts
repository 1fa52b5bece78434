import { partitionPoint } from '../../../partition-point.ts';
import type { ShellCommand, ShellWord } from './shell-commands.ts';
import type { ShellOrder } from './shell-order.ts';

/** What a script does with its variables, as far as the order of its commands is certain. */
export interface ShellVariables {
  /** Whether a variable of Torcx has a value at `use` that the script itself has given it. */
  isOwn(name: string, use: { readonly offset: number; readonly command: ShellCommand }): boolean;
  /** Whether the value that the word gives a variable is replaced before anything can have used it. */
  isReplaced(word: ShellWord, command: ShellCommand): boolean;
}

interface Assignment {
  readonly offset: number;
  /** The value has nothing of Torcx. */
  readonly isOwn: boolean;
  readonly isCertain: boolean;
}

interface Script {
  readonly text: string;
  readonly commands: readonly ShellCommand[];
  readonly order: ShellOrder;
  /** The innermost command around an offset. */
  commandAt(offset: number): ShellCommand | undefined;
}

export function shellVariables(script: Script): ShellVariables {
  const assignments = ownAssignments(script);
  const { order } = script;
  let replacements: Replacements | undefined;
  return {
    isOwn(name, { offset, command }) {
      const all = assignments.get(name) ?? [];
      if (order.isRepeated(command)) return all.some(({ isOwn }) => isOwn);
      const before = all.slice(
        0,
        partitionPoint(all.length, index => (all[index]?.offset ?? 0) <= offset),
      );
      const last = before.findLastIndex(({ isCertain }) => isCertain);
      return before.slice(Math.max(last, 0)).some(({ isOwn }) => isOwn);
    },
    isReplaced(word, command) {
      replacements ??= new Replacements(script);
      return replacements.has(word, command);
    },
  };
}

/** Assignments of variables of Torcx, `${NAME:=value}` too. */
function ownAssignments({ text, order, commandAt }: Script): Map<string, Assignment[]> {
  const assignments = new Map<string, Assignment[]>();
  for (const match of text.matchAll(/(?:^|[\s;]|\$\{(?=\w+:?=))(TORCX_\w+):?=["']?([^\s"';}]*)/g)) {
    const [, name = '', value = ''] = match;
    const command = commandAt(match.index + 1);
    const assignment = {
      offset: match.index,
      isOwn: !/run\/torcx|run\/metadata\/torcx|\$\{?TORCX_/.test(value),
      isCertain: command !== undefined && order.isCertain(command),
    };
    const known = assignments.get(name);
    if (known) known.push(assignment);
    else assignments.set(name, [assignment]);
  }
  return assignments;
}

/** Words that only assign, in commands that do nothing else. */
class Replacements {
  readonly #order: ShellOrder;
  /** Where each name stands, in whatever role. */
  readonly #names = new Map<string, number[]>();
  /** Words of certain assignments, by their start. */
  readonly #assigned = new Map<number, ShellWord>();
  /** Where variables may be used without being named: `source`, `eval`, a here-document, an exported name. */
  readonly #hazards: readonly number[];
  readonly #exported: ReadonlySet<string>;
  /** Where each name stands first without being assigned. */
  readonly #used = new Map<string, number>();

  constructor({ text, commands, order }: Script) {
    this.#order = order;
    for (const { 0: name, index } of text.matchAll(/[A-Za-z_]\w*/g)) {
      const known = this.#names.get(name);
      if (known) known.push(index);
      else this.#names.set(name, [index]);
    }
    for (const command of commands) {
      if (!order.isCertain(command) || !isAssignment(command)) continue;
      for (const word of command.words) this.#assigned.set(word.start, word);
    }
    for (const [name, places] of this.#names) {
      const used = places.find(place => !this.#assigned.has(place));
      if (used !== undefined) this.#used.set(name, used);
    }
    this.#hazards = commands.filter(isHazard).map(({ start }) => start);
    this.#exported = new Set(commands.flatMap(exportedNames));
  }

  has(word: ShellWord, command: ShellCommand): boolean {
    const name = /^[A-Za-z_]\w*(?==)/.exec(word.text)?.[0];
    if (name === undefined || this.#exported.has(name)) return false;
    if (!this.#order.isCertain(command) || !isAssignment(command)) return false;
    const places = this.#names.get(name) ?? [];
    const own = partitionPoint(places.length, index => (places[index] ?? 0) < word.start);
    const next = places[own + 1];
    const replacing = next === undefined ? undefined : this.#assigned.get(next);
    // A function above may be called in between, and use it.
    const isUsedAbove = (this.#used.get(name) ?? Number.POSITIVE_INFINITY) < word.start;
    if (isUsedAbove || !replacing || next === undefined) return false;
    const isFresh = new RegExp(`^${name}=(?!.*\\b${name}\\b)`, 's').test(replacing.text);
    return isFresh && !this.#isUsedUnseen(word.end, next);
  }

  #isUsedUnseen(from: number, to: number): boolean {
    const first = partitionPoint(this.#hazards.length, index => (this.#hazards[index] ?? 0) < from);
    return (this.#hazards[first] ?? Number.POSITIVE_INFINITY) < to;
  }
}

function isAssignment({ words, keywords }: ShellCommand): boolean {
  return (
    keywords.length === 0 &&
    words.length > 0 &&
    words.every(({ text }) => /^[A-Za-z_]\w*=/.test(text))
  );
}

function isHazard({ words }: ShellCommand): boolean {
  return words.some(({ text }) => /^(?:\.|source|eval|trap|<<-?|set)$/.test(text));
}

function exportedNames({ words }: ShellCommand): string[] {
  if (!/^(?:export|declare|typeset|readonly)$/.test(words[0]?.text ?? '')) return [];
  return words.flatMap(({ text }) => /^[A-Za-z_]\w*/.exec(text)?.[0] ?? []);
}
