import { usageError } from '../usage-error.ts';
import { isSwitch, longFlag, type OptionSpec, variableNames } from './option-spec.ts';

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
    const { texts, origin } = this.#given(spec);
    return texts.map(text => spec.read(text, origin));
  }

  /** The value of an option that has one; the last flag wins. */
  value<T>(spec: OptionSpec<T>): T | undefined {
    return this.all(spec).at(-1);
  }

  /** The value of such an option as it was typed. @throws ToolError `usage` for one that makes no sense */
  text(spec: OptionSpec<unknown>): string | undefined {
    this.all(spec);
    return this.#given(spec).texts.at(-1);
  }

  /** True for a switch that is on. */
  on(spec: OptionSpec<boolean>): boolean {
    return this.value(spec) ?? false;
  }

  /** True for a switch that is on, and for any other option that has a value. */
  has(spec: OptionSpec<unknown>): boolean {
    return isSwitch(spec) ? this.value(spec) === true : this.all(spec).length > 0;
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
    const given = specs.filter(spec => this.has(spec));
    const flags = given.filter(spec => this.hasFlag(spec));
    const [first, second] = flags.length > 0 ? flags : given;
    if (!first || !second) return first;
    throw usageError(`${this.#origin(first)} and ${this.#origin(second)} exclude each other`);
  }

  #given(spec: OptionSpec<unknown>): {
    readonly texts: readonly string[];
    readonly origin: string;
  } {
    const flag = longFlag(spec);
    const given = this.#flags.get(flag);
    if (given) return { texts: given, origin: flag };
    const variable = this.#variable(spec);
    const text = variable && this.#env[variable];
    if (!variable || !text) return { texts: [], origin: flag };
    return { texts: spec.list ? text.split(',') : [text], origin: variable };
  }

  #variable(spec: OptionSpec<unknown>): string | undefined {
    return variableNames(spec).find(name => Boolean(this.#env[name]));
  }

  #origin(spec: OptionSpec<unknown>): string {
    const flag = longFlag(spec);
    return this.#flags.has(flag) ? flag : (this.#variable(spec) ?? flag);
  }
}
