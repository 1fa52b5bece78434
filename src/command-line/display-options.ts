import { usageError } from '../usage-error.ts';
import { OPTIONS } from './option-table.ts';
import type { Environment, Settings } from './settings.ts';

/** Which standard streams are terminals. */
export interface Terminals {
  readonly stdin: boolean;
  readonly stdout: boolean;
  readonly stderr: boolean;
}

export type ProgressMode = 'bar' | 'plain' | 'json' | 'none';

/** Code scanning and annotations show findings in files, which only an audit has. */
export type ReportFormat = 'text' | 'json' | 'markdown' | 'sarif' | 'github';

/** How results, progress and questions are shown, for every mode of the program. */
export interface DisplayOptions<
  Format extends ReportFormat = Exclude<ReportFormat, 'sarif' | 'github'>,
> {
  readonly format: Format;
  /** The file that takes the place of stdout. */
  readonly outputFile?: string;
  readonly color: { readonly stdout: boolean; readonly stderr: boolean };
  readonly progress: ProgressMode;
  readonly verbosity: 'quiet' | 'normal' | 'verbose';
  /** Whether somebody is there to answer, and how: a dumb terminal, or a screen reader, wants one line after another. */
  readonly asks: 'never' | 'lines' | 'screens';
}

/** @throws ToolError `usage` for a value that makes no sense */
export function displayOptions(
  settings: Settings,
  env: Environment,
  terminals: Terminals,
): DisplayOptions<ReportFormat> {
  const when = settings.value(OPTIONS.color) ?? 'auto';
  const outputFile = settings.value(OPTIONS.outputFile);
  const loudness = settings.either(OPTIONS.quiet, OPTIONS.verbose);
  const isQuiet = loudness === OPTIONS.quiet;
  const kind = settings.value(OPTIONS.progress) ?? (isQuiet ? 'none' : 'auto');
  return {
    format: settings.value(OPTIONS.format) ?? 'text',
    ...(outputFile !== undefined && { outputFile }),
    color: {
      stdout: hasColor(when, env, terminals.stdout && outputFile === undefined),
      stderr: hasColor(when, env, terminals.stderr),
    },
    progress: kind === 'auto' ? automaticProgress(env, terminals.stderr) : kind,
    verbosity: isQuiet ? 'quiet' : loudness === OPTIONS.verbose ? 'verbose' : 'normal',
    asks: asks(settings, env, terminals),
  };
}

/** @throws ToolError `usage` for a format that only an audit has */
export function withoutAuditFormats(display: DisplayOptions<ReportFormat>): DisplayOptions {
  const { format } = display;
  if (format === 'sarif' || format === 'github') {
    throw usageError(`--format ${format} needs --check`, '--format json');
  }
  return { ...display, format };
}

/** Colour on one stream: the option, then NO_COLOR, then FORCE_COLOR, then TERM and whether it is a terminal. */
function hasColor(
  when: 'auto' | 'always' | 'never',
  env: Environment,
  isTerminal: boolean,
): boolean {
  if (when !== 'auto') return when === 'always';
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return isTerminal && env.TERM !== 'dumb';
}

function asks(settings: Settings, env: Environment, terminals: Terminals): DisplayOptions['asks'] {
  const { interactive, noInput, yes, plain } = OPTIONS;
  const isSilenced = [noInput, yes].some(
    spec => settings.on(spec) && settings.either(interactive, spec) === spec,
  );
  if (!isSilenced && isAttended(env, terminals)) {
    const { TERM = '' } = env;
    return settings.on(plain) || TERM === 'dumb' || TERM === '' ? 'lines' : 'screens';
  }
  if (settings.hasFlag(interactive)) {
    const hasTerminals = terminals.stdin && terminals.stdout;
    throw usageError(
      hasTerminals
        ? '--interactive, but CI is set: nobody is there to ask'
        : '--interactive needs a terminal as standard input and as standard output',
    );
  }
  return 'never';
}

/** A bar needs a terminal that can redraw a line; a log gets one line for each stage. */
function automaticProgress(env: Environment, isTerminal: boolean): ProgressMode {
  return isTerminal && env.TERM !== 'dumb' ? 'bar' : 'plain';
}

function isAttended(env: Environment, { stdin, stdout }: Terminals): boolean {
  const isAutomated = Boolean(env.CI) && env.CI !== 'false';
  return stdin && stdout && !isAutomated;
}
