import { type FileSystem, type ImageFormat, isFileSystem } from '../image-format.ts';
import { usageError } from '../usage-error.ts';
import type { DisplayOptions } from './display-options.ts';
import { longFlag } from './option-spec.ts';
import { OPTIONS } from './option-table.ts';
import type { Compression, ReportFile } from './option-values.ts';
import { type PublishOptions, publishOptions } from './publish-options.ts';
import type { Settings } from './settings.ts';

/** The image that is to be written, whatever it is made of. What is absent is decided later, by those who know. */
export interface ImageOptions {
  /** NAME of NAME.raw. */
  readonly name: string;
  /** As it was given: a file, or an existing directory for it. Absent: NAME.raw, or NAME, in the working directory. */
  readonly output?: string;
  readonly dryRun: boolean;
  /** `default`: NAME.report.md and NAME.report.json beside the image; an empty list: none. */
  readonly reports: 'default' | readonly ReportFile[];
  readonly imageFormat: ImageFormat;
  readonly compression: Compression;
  /** Bytes. */
  readonly blockSize?: number;
  readonly verify: boolean;
  readonly jobs?: number;
  /** Seconds; the time of everything in the image. */
  readonly sourceDateEpoch: number;
  readonly publish: PublishOptions;
  /** Warnings fail, and nothing is written. */
  readonly strict: boolean;
  /** Files that exist may be replaced. */
  readonly force: boolean;
  readonly display: DisplayOptions;
}

/** @throws ToolError `usage` for the first thing that makes no sense */
export function imageOptions(
  name: string,
  settings: Settings,
  display: DisplayOptions,
): ImageOptions {
  const output = settings.value(OPTIONS.output);
  const blockSize = settings.value(OPTIONS.blockSize);
  const jobs = settings.value(OPTIONS.jobs);
  const imageFormat = settings.value(OPTIONS.imageFormat) ?? 'squashfs';
  if (isFileSystem(imageFormat)) assertNotPacked(imageFormat, settings);
  return {
    name,
    ...(output !== undefined && { output }),
    dryRun: settings.on(OPTIONS.dryRun),
    reports: reports(settings),
    imageFormat,
    compression: settings.value(OPTIONS.compression) ?? { name: 'zstd' },
    ...(blockSize !== undefined && { blockSize }),
    verify: settings.on(OPTIONS.verify),
    ...(jobs !== undefined && { jobs }),
    sourceDateEpoch: settings.value(OPTIONS.sourceDateEpoch) ?? 0,
    publish: publishOptions(settings, imageFormat),
    strict: settings.on(OPTIONS.strict),
    force: settings.on(OPTIONS.force),
    display,
  };
}

/** The programs of other file systems pack in their own ways, which would silently be others than the one asked for. */
function assertNotPacked(format: FileSystem, settings: Settings): void {
  for (const option of [OPTIONS.compression, OPTIONS.blockSize]) {
    if (settings.text(option) === undefined) continue;
    throw usageError(`${longFlag(option)} is for squashfs; ${format} images have none to choose`);
  }
}

function reports(settings: Settings): ImageOptions['reports'] {
  const chosen = settings.either(OPTIONS.report, OPTIONS.noReport);
  if (chosen === OPTIONS.noReport) return [];
  return chosen === OPTIONS.report ? settings.all(OPTIONS.report) : 'default';
}
