import { usageError } from '../usage-error.ts';
import { isSwitch, longFlag, type OptionSpec, variableName } from './option-table.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What the command line and the environment say about each option. A flag outranks the variable TORCX2SYSEXT_X, and
 * that outranks the short variable; an empty variable counts as absent.
 */
export class Settings {
  /** Long flag to the texts it was given, in order. */
  readonly #flags: ReadonlyMap<string, readonly string[]>;
  readonly #env: Environment;

  constructor(flags: ReadonlyMap<string, readonly string[]>, env: Environment) {
    this.#flags = flags;
    this.#env = env;
  }

  /** The values of an option that can be repeated. @throws ToolError `usage` naming the flag or variable */
  all<T>(spec: OptionSpec<T>): T[] {
    const flag = longFlag(spec);
    const given = this.#flags.get(flag);
    if (given) return given.map(text => spec.read(text, flag));
    const variable = this.#variable(spec);
    const text = variable && this.#env[variable];
    if (!variable || !text) return [];
    const texts = spec.list ? text.split(',') : [text];
    return texts.map(part => spec.read(part, variable));
  }

  /** The value of an option that has one; the last flag wins. */
  value<T>(spec: OptionSpec<T>): T | undefined {
    return this.all(spec).at(-1);
  }

  /** True for a switch that is on. */
  on(spec: OptionSpec<boolean>): boolean {
    return this.value(spec) ?? false;
  }

  /** True for an option on the command line itself. */
  hasFlag(spec: OptionSpec<unknown>): boolean {
    return this.#flags.has(longFlag(spec));
  }

  /**
   * Which of several options that contradict each other counts: a flag, when the others are only variables.
   * @throws ToolError `usage` when two are flags, or none is and two are variables
   */
  either(...specs: readonly OptionSpec<unknown>[]): OptionSpec<unknown> | undefined {
    const isGiven = (spec: OptionSpec<unknown>) =>
      isSwitch(spec) ? this.value(spec) === true : this.all(spec).length > 0;
    const given = specs.filter(isGiven);
    const flags = given.filter(spec => this.hasFlag(spec));
    const [first, second] = flags.length > 0 ? flags : given;
    if (!first || !second) return first;
    throw usageError(`${this.#origin(first)} and ${this.#origin(second)} exclude each other`);
  }

  #variable(spec: OptionSpec<unknown>): string | undefined {
    const names = [variableName(spec), spec.shortVariable];
    return names.find(name => name !== undefined && Boolean(this.#env[name]));
  }

  #origin(spec: OptionSpec<unknown>): string {
    const flag = longFlag(spec);
    return this.#flags.has(flag) ? flag : (this.#variable(spec) ?? flag);
  }
}
