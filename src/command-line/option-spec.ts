import type { ReadValue } from './option-values.ts';

/** One option of the command line and of the environment. */
export interface OptionSpec<T> {
  /** `-o, --output <path>`; without a `<value>` the option is a switch. */
  readonly flags: string;
  readonly help: string;
  readonly read: ReadValue<T>;
  /** The variable that the old shell scripts took for it. */
  readonly shortVariable?: string;
  /** The variable may hold several values with commas between them. */
  readonly list?: boolean;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec<unknown>>>;

/** `--output` of `-o, --output <path>`. */
export function longFlag({ flags }: Pick<OptionSpec<unknown>, 'flags'>): string {
  const [flag] = /--[a-z\d-]+/.exec(flags) ?? [];
  if (flag === undefined) throw new TypeError(`no long flag in '${flags}'`);
  return flag;
}

/** `-o` of `-o, --output <path>`. */
export function shortFlag({ flags }: Pick<OptionSpec<unknown>, 'flags'>): string | undefined {
  return /^-[A-Za-z](?=,)/.exec(flags)?.[0];
}

/** `TORCX2SYSEXT_OUTPUT` of `--output`. */
export function variableName(spec: OptionSpec<unknown>): string {
  return `TORCX2SYSEXT_${longFlag(spec).slice(2).replaceAll('-', '_').toUpperCase()}`;
}

/** The variables that stand for an option, the one that outranks the other first. */
export function variableNames(spec: OptionSpec<unknown>): string[] {
  return [variableName(spec), ...(spec.shortVariable === undefined ? [] : [spec.shortVariable])];
}

/** True for an option without a value. */
export function isSwitch({ flags }: Pick<OptionSpec<unknown>, 'flags'>): boolean {
  return !flags.includes('<');
}
