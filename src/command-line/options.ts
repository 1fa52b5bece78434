import { Command, CommanderError, Option } from 'commander';
import { ToolError } from '../errors.ts';
import { similarText } from '../similar-text.ts';
import { usageError } from '../usage-error.ts';
import { VERSION } from '../version.ts';
import { type BakeOptions, bakeOptions } from './bake-options.ts';
import { type CheckOptions, checkOptions } from './check-options.ts';
import { type CompletionOptions, completionOptions } from './completion-options.ts';
import { type ConvertOptions, convertOptions } from './convert-options.ts';
import {
  type DisplayOptions,
  displayOptions,
  type ReportFormat,
  type Terminals,
  withoutAuditFormats,
} from './display-options.ts';
import { type DockerOptions, dockerOptions } from './docker-options.ts';
import { type EnsureSysextOptions, ensureSysextOptions } from './ensure-sysext-options.ts';
import { examplesText, settingsText } from './help-text.ts';
import { type InspectOptions, inspectOptions } from './inspect-options.ts';
import { MODE_OPTIONS } from './option-groups/mode.ts';
import { isSwitch, longFlag, type OptionSpec } from './option-spec.ts';
import { HELP, OPTION_GROUPS, OPTIONS, SHOW_VERSION } from './option-table.ts';
import { type RulesOptions, rulesOptions } from './rules-options.ts';
import { type Environment, Settings } from './settings.ts';
import { assertNoStrayOption } from './stray-options.ts';
import { type WizardOptions, wantsWizard, wizardOptions } from './wizard-options.ts';

export type ParsedCommand =
  | BakeOptions
  | CheckOptions
  | CompletionOptions
  | ConvertOptions
  | DockerOptions
  | InspectOptions
  | RulesOptions
  | TextCommand
  | EnsureSysextOptions
  | WizardOptions;

/** Only a text for stdout was asked for. It ends in a newline. */
export interface TextCommand {
  readonly mode: 'help' | 'version';
  readonly text: string;
}

/**
 * Reads the arguments behind the program's name, and the environment.
 * @throws ToolError `usage` for the first thing that makes no sense
 */
export function parseCommandLine(
  argv: readonly string[],
  env: Environment,
  terminals: Terminals,
): ParsedCommand {
  const { operands, flags, asked, unknown, missingValue } = splitArguments(argv);
  if (asked === 'help') return { mode: 'help', text: helpText() };
  if (asked === 'version') return { mode: 'version', text: `torcx2sysext ${VERSION}\n` };
  if (unknown !== undefined) throw unknownOption(unknown);
  if (missingValue !== undefined) throw usageError(`option '${missingValue}' needs a value`);
  const settings = new Settings(flags, env);
  const anyDisplay = displayOptions(settings, env, terminals);
  const mode = settings.either(...Object.values(MODE_OPTIONS));
  assertNoStrayOption(settings, mode);
  if (mode === OPTIONS.check) return checkOptions(operands, settings, anyDisplay);
  const display = withoutAuditFormats(anyDisplay);
  switch (mode) {
    case OPTIONS.inspect:
      return inspectOptions(operands, settings, display);
    case OPTIONS.docker:
      return dockerOptions(operands, settings, { env, display });
    case OPTIONS.bake:
      return bakeOptions(operands, settings, display);
    case OPTIONS.ensureSysext:
      return ensureSysextOptions(operands, settings, display);
    case OPTIONS.explain:
    case OPTIONS.listRules:
      return rulesOptions(operands, settings, display);
    case OPTIONS.completion:
      return completionOptions(operands, settings, display);
    default:
      return wantsWizard(operands, settings, display)
        ? wizardOptions(operands, settings, display)
        : convertOptions(operands, settings, display);
  }
}

export type ErrorDisplay = Pick<DisplayOptions<ReportFormat>, 'format' | 'color' | 'verbosity'>;

/**
 * How to show an error, known even when the rest of the command line is wrong: with `--format json` an error is a JSON
 * document too. Never throws.
 */
export function errorDisplay(
  argv: readonly string[],
  env: Environment,
  terminals: Terminals,
): ErrorDisplay {
  const settings = new Settings(splitArguments(argv).flags, env);
  const plain = { color: { stdout: false, stderr: false }, verbosity: 'normal' } as const;
  return {
    ...unlessUsageError<Omit<ErrorDisplay, 'format'>>(
      () => displayOptions(settings, env, terminals),
      plain,
    ),
    format: unlessUsageError(() => settings.value(OPTIONS.format) ?? 'text', 'text'),
  };
}

function unlessUsageError<T>(read: () => T, fallback: T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ToolError) return fallback;
    throw error;
  }
}

interface SplitArguments {
  readonly operands: readonly string[];
  /** Long flag to the texts it was given, `1` for a switch. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  readonly asked?: 'help' | 'version';
  /** The first argument that looks like an option and is none. */
  readonly unknown?: string;
  /** The argument behind which a value is missing. */
  readonly missingValue?: string;
}

/** Commander splits the arguments; {@link Settings} reads the values, because it knows the environment too. */
function splitArguments(argv: readonly string[]): SplitArguments {
  const flags = new Map<string, string[]>();
  /** What stands behind --check or --bake is an operand like those that follow. */
  const checked: string[] = [];
  let asked: 'help' | 'version' | undefined;
  const command = emptyCommand();
  for (const spec of Object.values(OPTIONS)) {
    const option = plainOption(spec);
    command.addOption(option);
    command.on(`option:${option.name()}`, (value: string | null | undefined) => {
      const flag = longFlag(spec);
      // Who asks for help behind an option that needs a value has just learnt that it needs one.
      if (value === longFlag(HELP)) asked ??= 'help';
      const isOperand = TAKES_OPERAND.has(spec) && typeof value === 'string';
      if (isOperand) checked.push(value);
      flags.set(flag, [...(flags.get(flag) ?? []), isOperand ? '1' : (value ?? '1')]);
    });
  }
  command.addOption(plainOption(HELP)).on('option:help', () => {
    asked ??= 'help';
  });
  command.addOption(plainOption(SHOW_VERSION)).on('option:version', () => {
    asked ??= 'version';
  });
  const found = () => ({ flags, ...(asked && { asked }) });
  try {
    const { operands, unknown } = command.parseOptions([...argv]);
    const [first] = unknown;
    // Commander stops at an unknown option; what follows still tells how the error is to be shown.
    for (let rest = unknown.slice(1); rest.length > 0; ) {
      rest = command.parseOptions(rest).unknown.slice(1);
    }
    return {
      operands: [...checked, ...operands],
      ...found(),
      ...(first !== undefined && { unknown: first }),
    };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { operands: [], ...found(), missingValue: argv.at(-1) ?? '' };
  }
}

const TAKES_OPERAND: ReadonlySet<OptionSpec<unknown>> = new Set([OPTIONS.check, OPTIONS.bake]);

function emptyCommand(): Command {
  return new Command('torcx2sysext')
    .helpOption(false)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .usage('[options] [archive] [name]');
}

function plainOption({ flags, help }: Pick<OptionSpec<unknown>, 'flags' | 'help'>): Option {
  const option = new Option(flags, help);
  // Commander would make --no-report and --no-enable the opposites of --report and --enable.
  option.negate = false;
  return option;
}

function unknownOption(argument: string): ToolError<'usage'> {
  const [name = argument] = argument.split('=');
  const specs = Object.values(OPTIONS);
  if (specs.some(spec => isSwitch(spec) && longFlag(spec) === name)) {
    return usageError(`option '${name}' takes no value`);
  }
  const names = [...specs.map(spec => longFlag(spec)), '--help', '--version'];
  const similar = name.startsWith('--') ? similarText(name, names) : undefined;
  return usageError(`unknown option '${name}'`, similar ?? 'torcx2sysext --help');
}

function helpText(): string {
  const command = emptyCommand();
  for (const { heading, specs } of OPTION_GROUPS) {
    for (const spec of specs) command.addOption(plainOption(spec).helpGroup(heading));
  }
  command.configureHelp({ helpWidth: 80 });
  return `${examplesText}\n${command.helpInformation()}\n${settingsText}`;
}
