import { assertExtensionName, type TorcxIdentity, torcxIdentity } from '../extension-name.ts';
import { usageError } from '../usage-error.ts';
import type { DisplayOptions } from './display-options.ts';
import { longFlag, OPTIONS, type OptionSpec } from './option-table.ts';
import type { Settings } from './settings.ts';

/** Which image is meant, and what is to be decided about it: the same for a conversion and for a look inside. */
export interface ArchiveOptions {
  /** As it was given; `-` is standard input. */
  readonly archive: string;
  /** What Torcx called the image. */
  readonly torcx: TorcxIdentity;
  /** NAME of NAME.raw. */
  readonly name: string;
  readonly host: HostMatch;
  readonly architecture: 'auto' | 'x86-64' | 'arm64';
  readonly enable: readonly string[];
  readonly noEnable: readonly string[];
  /** Paths in the archive, without a slash at their ends. */
  readonly drop: readonly string[];
  readonly keep: readonly string[];
  readonly reloadManager: boolean;
  readonly keepSelinux: boolean;
  readonly strict: boolean;
  /** Files that exist may be replaced. */
  readonly force: boolean;
}

/** What the host's os-release(5) must say for the extension to be merged. */
export interface HostMatch {
  readonly id: string;
  readonly sysextLevel?: string;
  readonly versionId?: string;
}

interface ArchiveMode {
  readonly display: DisplayOptions;
  /** What the user typed to get here, for suggestions: `torcx2sysext --inspect`. */
  readonly command: string;
}

/** @throws ToolError `usage` for the first thing that makes no sense */
export function archiveOptions(
  operands: readonly string[],
  settings: Settings,
  mode: ArchiveMode,
): ArchiveOptions {
  return {
    ...subject(operands, mode),
    host: hostMatch(settings),
    architecture: settings.value(OPTIONS.arch) ?? 'auto',
    ...unitChoice(settings),
    ...entryChoices(settings),
    reloadManager: !settings.on(OPTIONS.noReload),
    keepSelinux: settings.on(OPTIONS.keepSelinux),
    strict: settings.on(OPTIONS.strict),
    force: settings.on(OPTIONS.force),
  };
}

type Subject = Pick<ArchiveOptions, 'archive' | 'torcx' | 'name'>;

function subject(operands: readonly string[], { display, command }: ArchiveMode): Subject {
  const [archive, name, extra] = operands;
  const suggestion = `${command} IMAGE.torcx.tgz NAME`;
  if (archive === undefined) {
    throw usageError(
      `missing <archive>${display.mayAsk ? '' : '; no terminal to ask on'}`,
      suggestion,
    );
  }
  if (extra !== undefined)
    throw usageError(`unexpected argument '${extra}'`, 'torcx2sysext --help');
  if (archive === '') throw usageError("invalid <archive> ''", suggestion);
  if (archive === '-' && name === undefined) {
    throw usageError('missing <name>; standard input has no file name', `${command} - NAME`);
  }
  const inferred = torcxIdentity(archive);
  const chosen = name ?? inferred.name;
  assertExtensionName(chosen);
  const torcx = archive === '-' ? { ...inferred, name: chosen } : inferred;
  return { archive, torcx, name: chosen };
}

function unitChoice(settings: Settings): Pick<ArchiveOptions, 'enable' | 'noEnable'> {
  const [enable, noEnable] = apart(settings, OPTIONS.enable, OPTIONS.noEnable);
  return { enable, noEnable };
}

function entryChoices(settings: Settings): Pick<ArchiveOptions, 'drop' | 'keep'> {
  const [drop, keep] = apart(settings, OPTIONS.drop, OPTIONS.keep);
  return { drop, keep };
}

type NameList = OptionSpec<string | readonly string[]>;

/** The names that two opposite options list, each once. */
function apart(settings: Settings, a: NameList, b: NameList): [string[], string[]] {
  const [first, second] = [new Set(settings.all(a).flat()), new Set(settings.all(b).flat())];
  const both = [...first].find(name => second.has(name));
  if (both !== undefined) {
    throw usageError(`'${both}' is in ${longFlag(a)} and in ${longFlag(b)}`);
  }
  return [[...first], [...second]];
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
