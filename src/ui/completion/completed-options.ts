import { ARCHIVE_SUFFIXES } from '../../archive-name.ts';
import { isSwitch, longFlag, type OptionSpec, shortFlag } from '../../command-line/option-spec.ts';
import { HELP, OPTIONS, SHOW_VERSION } from '../../command-line/option-table.ts';
import type { Offers } from '../../command-line/option-values.ts';

/** An option as a shell has to know it. */
export interface CompletedOption {
  /** With its hyphens, like `short`. */
  readonly long: string;
  readonly short?: string;
  readonly help: string;
  /** Absent for a switch. */
  readonly value?: {
    /** What it is called in the help, `path`. */
    readonly name: string;
    readonly offers?: Offers;
    readonly isOptional: boolean;
  };
  readonly isRepeatable: boolean;
}

/** The suffixes of archives as an extended regular expression. */
export function archivePattern(): string {
  const names = ARCHIVE_SUFFIXES.map(suffix => suffix.slice(1).replaceAll('.', '\\.'));
  return `\\.(${names.join('|')})$`;
}

/** Every option of the command line, from the table that the parser uses too. */
export function completedOptions(): readonly CompletedOption[] {
  const specs: readonly (Pick<OptionSpec<unknown>, 'flags' | 'help'> &
    Partial<OptionSpec<unknown>>)[] = [...Object.values(OPTIONS), SHOW_VERSION, HELP];
  return specs.map(spec => {
    const short = shortFlag(spec);
    const [, name] = /[<[]([a-z]+)[>\]]/.exec(spec.flags) ?? [];
    const offers = spec.read?.offers;
    return {
      long: longFlag(spec),
      ...(short !== undefined && { short }),
      help: spec.help,
      ...(name !== undefined && {
        value: { name, ...(offers && { offers }), isOptional: isSwitch(spec) },
      }),
      isRepeatable: /\brepeatable\b/.test(spec.help),
    };
  });
}
