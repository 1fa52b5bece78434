import { type ArchiveOptions, archiveOptions } from './archive-options.ts';
import type { DisplayOptions } from './display-options.ts';
import { OPTIONS } from './option-table.ts';
import { type Compression, type ReportFile, wholeNumber } from './option-values.ts';
import type { Environment, Settings } from './settings.ts';

/** A conversion, with every value checked. What is absent is decided later, by those who know. */
export interface ConvertOptions extends ArchiveOptions {
  readonly mode: 'convert';
  /** As it was given: a file, or an existing directory for it. Absent: NAME.raw, or NAME, in the working directory. */
  readonly output?: string;
  readonly dryRun: boolean;
  /** `default`: NAME.report.md and NAME.report.json beside the image; an empty list: none. */
  readonly reports: 'default' | readonly ReportFile[];
  readonly imageFormat: 'squashfs' | 'directory';
  readonly compression: Compression;
  /** Bytes. */
  readonly blockSize?: number;
  readonly verify: boolean;
  readonly jobs?: number;
  /** Seconds; the time of everything in the image. */
  readonly sourceDateEpoch: number;
  readonly display: DisplayOptions;
}

/**
 * The conversion that operands, options and environment ask for.
 * @throws ToolError `usage` for the first thing that makes no sense
 */
export function convertOptions(
  operands: readonly string[],
  settings: Settings,
  { env, display }: { readonly env: Environment; readonly display: DisplayOptions },
): ConvertOptions {
  const output = settings.value(OPTIONS.output);
  const blockSize = settings.value(OPTIONS.blockSize);
  const jobs = settings.value(OPTIONS.jobs);
  return {
    mode: 'convert',
    ...archiveOptions(operands, settings, { display, command: 'torcx2sysext' }),
    ...(output !== undefined && { output }),
    dryRun: settings.on(OPTIONS.dryRun),
    reports: reports(settings),
    imageFormat: settings.value(OPTIONS.imageFormat) ?? 'squashfs',
    compression: settings.value(OPTIONS.compression) ?? { algorithm: 'zstd' },
    ...(blockSize !== undefined && { blockSize }),
    verify: settings.on(OPTIONS.verify),
    ...(jobs !== undefined && { jobs }),
    sourceDateEpoch: sourceDateEpoch(env),
    display,
  };
}

function reports(settings: Settings): ConvertOptions['reports'] {
  const chosen = settings.either(OPTIONS.report, OPTIONS.noReport);
  if (chosen === OPTIONS.noReport) return [];
  return chosen === OPTIONS.report ? settings.all(OPTIONS.report) : 'default';
}

/** SquashFS has 32 bits for a time; https://reproducible-builds.org/specs/source-date-epoch/ */
function sourceDateEpoch(env: Environment): number {
  const text = env.SOURCE_DATE_EPOCH;
  return text ? wholeNumber(0, 2 ** 32 - 1)(text, 'SOURCE_DATE_EPOCH') : 0;
}
