import { WITHOUT_TORCX } from '../flatcar-release.ts';
import { usageError } from '../usage-error.ts';
import type { DisplayOptions, ReportFormat } from './display-options.ts';
import { assertNoIdleOption } from './idle-option.ts';
import { CONVERSION_OPTIONS } from './option-groups/conversion.ts';
import { PUBLISHING_OPTIONS } from './option-groups/publishing.ts';
import { longFlag, type OptionSpec } from './option-spec.ts';
import { OPTIONS } from './option-table.ts';
import type { Settings } from './settings.ts';

/** An audit of configuration, with every value checked. */
export interface CheckOptions {
  readonly mode: 'check';
  /** As they were given; below `root` where there is one. */
  readonly paths: readonly string[];
  readonly root?: string;
  /** `3794.0.0` */
  readonly targetVersion: string;
  readonly failOn: 'error' | 'warning' | 'info' | 'never';
  /** Beginnings of rule identifiers; empty: all rules. */
  readonly select: readonly string[];
  readonly ignore: readonly string[];
  /** Whether comments in the files may silence findings. */
  readonly useIgnores: boolean;
  readonly showSuppressed: boolean;
  readonly action: 'report' | 'diff' | 'fix';
  readonly unsafeFixes: boolean;
  readonly backupDirectory?: string;
  /** The findings are to be browsed, and fixes chosen from them. */
  readonly interactive: boolean;
  /** The file of --output-file may be replaced. */
  readonly force: boolean;
  readonly display: DisplayOptions<ReportFormat>;
}

/** What is about an image. */
const WITHOUT_EFFECT = [
  ...Object.values(CONVERSION_OPTIONS).filter(spec => spec !== OPTIONS.force),
  ...Object.values(PUBLISHING_OPTIONS),
];

/** @throws ToolError `usage` for the first thing that makes no sense */
export function checkOptions(
  operands: readonly string[],
  settings: Settings,
  display: DisplayOptions<ReportFormat>,
): CheckOptions {
  assertNoIdleOption(settings, WITHOUT_EFFECT, OPTIONS.check);
  const root = settings.value(OPTIONS.root);
  return {
    mode: 'check',
    paths: paths(operands),
    ...(root !== undefined && { root }),
    targetVersion: settings.value(OPTIONS.targetVersion) ?? WITHOUT_TORCX,
    failOn: settings.value(OPTIONS.failOn) ?? 'warning',
    select: settings.all(OPTIONS.select).flat(),
    ignore: settings.all(OPTIONS.ignore).flat(),
    useIgnores: !settings.on(OPTIONS.noIgnores),
    showSuppressed: settings.on(OPTIONS.showSuppressed),
    ...changes(settings, display),
    interactive: settings.on(OPTIONS.interactive) && display.asks !== 'never',
    force: settings.on(OPTIONS.force),
    display,
  };
}

function paths(operands: readonly string[]): readonly string[] {
  if (operands.includes('')) throw usageError("invalid path '' for --check");
  if (operands.includes('-')) {
    throw usageError('--check reads files and directories, not standard input');
  }
  return operands.length === 0 ? ['/etc'] : operands;
}

type Changes = Pick<CheckOptions, 'action' | 'unsafeFixes' | 'backupDirectory'>;

function changes(settings: Settings, { format }: DisplayOptions<ReportFormat>): Changes {
  const chosen = settings.either(OPTIONS.diff, OPTIONS.fix);
  if (settings.hasFlag(OPTIONS.interactive)) return interactiveChanges(settings, chosen);
  const action = chosen === OPTIONS.diff ? 'diff' : chosen === OPTIONS.fix ? 'fix' : 'report';
  if (action === 'diff' && format !== 'text') {
    throw usageError(`--diff prints a patch, which --format ${format} cannot hold`);
  }
  if (action === 'report' && settings.hasFlag(OPTIONS.unsafeFixes)) {
    throw usageError('--unsafe-fixes needs --diff or --fix');
  }
  if (action !== 'fix' && settings.hasFlag(OPTIONS.backupDir)) {
    throw usageError('--backup-dir needs --fix');
  }
  return { action, ...fixChoices(settings) };
}

function fixChoices(settings: Settings): Omit<Changes, 'action'> {
  const backupDirectory = settings.value(OPTIONS.backupDir);
  return {
    unsafeFixes: settings.on(OPTIONS.unsafeFixes),
    ...(backupDirectory !== undefined && { backupDirectory }),
  };
}

/** Fixes are chosen on the screen; the flags say which are proposed, and where copies go. */
function interactiveChanges(settings: Settings, chosen: OptionSpec<unknown> | undefined): Changes {
  const idle = chosen ?? [OPTIONS.format, OPTIONS.outputFile].find(spec => settings.hasFlag(spec));
  if (idle) throw usageError(`${longFlag(idle)} has no effect with --interactive`);
  return { action: 'report', ...fixChoices(settings) };
}
