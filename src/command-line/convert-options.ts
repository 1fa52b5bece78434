import { assertExtensionName, type TorcxIdentity, torcxIdentity } from '../extension-name.ts';
import { usageError } from '../usage-error.ts';
import type { DisplayOptions } from './display-options.ts';
import { OPTIONS } from './option-table.ts';
import { type Compression, type ReportFile, wholeNumber } from './option-values.ts';
import type { Environment, Settings } from './settings.ts';

/** A conversion, with every value checked. What is absent is decided later, by those who know. */
export interface ConvertOptions {
  readonly mode: 'convert';
  /** As it was given; `-` is standard input. */
  readonly archive: string;
  /** What Torcx called the image. */
  readonly torcx: TorcxIdentity;
  /** NAME of NAME.raw. */
  readonly name: string;
  /** As it was given: a file, or an existing directory for it. Absent: NAME.raw, or NAME, in the working directory. */
  readonly output?: string;
  readonly force: boolean;
  readonly dryRun: boolean;
  /** `default`: NAME.report.md and NAME.report.json beside the image; an empty list: none. */
  readonly reports: 'default' | readonly ReportFile[];
  readonly imageFormat: 'squashfs' | 'directory';
  readonly compression: Compression;
  /** Bytes. */
  readonly blockSize?: number;
  readonly host: HostMatch;
  readonly architecture: 'auto' | 'x86-64' | 'arm64';
  readonly enable: readonly string[];
  readonly noEnable: readonly string[];
  readonly reloadManager: boolean;
  readonly keepSelinux: boolean;
  readonly verify: boolean;
  readonly strict: boolean;
  readonly jobs?: number;
  /** Seconds; the time of everything in the image. */
  readonly sourceDateEpoch: number;
  readonly display: DisplayOptions;
}

/** What the host's os-release(5) must say for the extension to be merged. */
export interface HostMatch {
  readonly id: string;
  readonly sysextLevel?: string;
  readonly versionId?: string;
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
    ...subject(operands, display),
    ...(output !== undefined && { output }),
    force: settings.on(OPTIONS.force),
    dryRun: settings.on(OPTIONS.dryRun),
    reports: reports(settings),
    imageFormat: settings.value(OPTIONS.imageFormat) ?? 'squashfs',
    compression: settings.value(OPTIONS.compression) ?? { algorithm: 'zstd' },
    ...(blockSize !== undefined && { blockSize }),
    host: hostMatch(settings),
    architecture: settings.value(OPTIONS.arch) ?? 'auto',
    ...unitChoice(settings),
    reloadManager: !settings.on(OPTIONS.noReload),
    keepSelinux: settings.on(OPTIONS.keepSelinux),
    verify: settings.on(OPTIONS.verify),
    strict: settings.on(OPTIONS.strict),
    ...(jobs !== undefined && { jobs }),
    sourceDateEpoch: sourceDateEpoch(env),
    display,
  };
}

type Subject = Pick<ConvertOptions, 'archive' | 'torcx' | 'name'>;

function subject(operands: readonly string[], { mayAsk }: DisplayOptions): Subject {
  const [archive, name, extra] = operands;
  if (archive === undefined) {
    const suggestion = 'torcx2sysext IMAGE.torcx.tgz NAME';
    throw usageError(`missing <archive>${mayAsk ? '' : '; no terminal to ask on'}`, suggestion);
  }
  if (extra !== undefined)
    throw usageError(`unexpected argument '${extra}'`, 'torcx2sysext --help');
  if (archive === '') throw usageError("invalid <archive> ''", 'torcx2sysext IMAGE.torcx.tgz NAME');
  if (archive === '-' && name === undefined) {
    throw usageError('missing <name>; standard input has no file name', 'torcx2sysext - NAME');
  }
  const inferred = torcxIdentity(archive);
  const chosen = name ?? inferred.name;
  assertExtensionName(chosen);
  const torcx = archive === '-' ? { ...inferred, name: chosen } : inferred;
  return { archive, torcx, name: chosen };
}

function unitChoice(settings: Settings): Pick<ConvertOptions, 'enable' | 'noEnable'> {
  const enable = new Set(settings.all(OPTIONS.enable).flat());
  const noEnable = new Set(settings.all(OPTIONS.noEnable).flat());
  const both = [...enable].find(unit => noEnable.has(unit));
  if (both !== undefined) throw usageError(`'${both}' is in --enable and in --no-enable`);
  return { enable: [...enable], noEnable: [...noEnable] };
}

function reports(settings: Settings): ConvertOptions['reports'] {
  const chosen = settings.either(OPTIONS.report, OPTIONS.noReport);
  if (chosen === OPTIONS.noReport) return [];
  return chosen === OPTIONS.report ? settings.all(OPTIONS.report) : 'default';
}

/**
 * When host and extension both have a SYSEXT_LEVEL, systemd compares that and ignores VERSION_ID: who asks for a
 * version only gets no level, or the version would say nothing.
 */
function hostMatch(settings: Settings): HostMatch {
  const id = settings.value(OPTIONS.os) ?? 'flatcar';
  const level = settings.value(OPTIONS.sysextLevel);
  const versionId = settings.value(OPTIONS.osVersion);
  if (id === '_any') {
    if (level === undefined && versionId === undefined) return { id };
    const option = level === undefined ? '--os-version' : '--sysext-level';
    throw usageError(`--os _any matches every host; ${option} would have no effect`);
  }
  if (versionId === undefined) return { id, sysextLevel: level ?? '1.0' };
  return { id, ...(level !== undefined && { sysextLevel: level }), versionId };
}

/** SquashFS has 32 bits for a time; https://reproducible-builds.org/specs/source-date-epoch/ */
function sourceDateEpoch(env: Environment): number {
  const text = env.SOURCE_DATE_EPOCH;
  return text ? wholeNumber(0, 2 ** 32 - 1)(text, 'SOURCE_DATE_EPOCH') : 0;
}
