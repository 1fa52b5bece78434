import { isBefore, WITH_SYSEXT, WITHOUT_TORCX } from '../flatcar-release.ts';
import { usageError } from '../usage-error.ts';
import { longFlag } from './option-spec.ts';
import { OPTIONS } from './option-table.ts';
import type { Settings } from './settings.ts';

/** What is to be written for nodes that are made with the image. */
export interface NodeOptions {
  readonly configs: readonly NodeConfigFile[];
  /** Of the image, or with a slash at its end of the directory that has it. */
  readonly imageUrl: string;
  /** Their release of Flatcar still starts Torcx. */
  readonly hasTorcx: boolean;
}

export interface NodeConfigFile {
  readonly path: string;
  readonly format: 'butane' | 'ignition';
}

/**
 * Undefined when no configuration is to be written.
 * @param sysupdate address of the directory that systemd-sysupdate gets the image from
 * @throws ToolError `usage` for the first thing that makes no sense
 */
export function nodeOptions(
  settings: Settings,
  { imageFormat, sysupdate }: { readonly imageFormat: string; readonly sysupdate?: string },
): NodeOptions | undefined {
  const configs = configFiles(settings);
  const given = settings.value(OPTIONS.imageUrl);
  const [first] = configs;
  if (first === undefined) {
    if (given === undefined) return undefined;
    throw usageError('--image-url needs --butane or --ignition');
  }
  const flag = `--${first.format}`;
  if (imageFormat === 'directory') {
    throw usageError(`${flag} is for image files; --image-format directory makes none`);
  }
  return { configs, imageUrl: given ?? directoryOf(sysupdate, flag), hasTorcx: hasTorcx(settings) };
}

function configFiles(settings: Settings): NodeConfigFile[] {
  const butane = settings.value(OPTIONS.butane);
  const ignition = settings.value(OPTIONS.ignition);
  if (butane !== undefined && butane === ignition) {
    throw usageError(`--butane and --ignition are both '${butane}'`);
  }
  return [
    ...(butane === undefined ? [] : [{ path: butane, format: 'butane' } as const]),
    ...(ignition === undefined ? [] : [{ path: ignition, format: 'ignition' } as const]),
  ];
}

/** A placeholder would go unnoticed until a node boots without the image. */
function directoryOf(sysupdate: string | undefined, flag: string): string {
  if (sysupdate === undefined || sysupdate.startsWith('file:')) {
    throw usageError(`${flag} needs ${longFlag(OPTIONS.imageUrl)}: where nodes get the image from`);
  }
  return sysupdate.endsWith('/') ? sysupdate : `${sysupdate}/`;
}

function hasTorcx(settings: Settings): boolean {
  const version = settings.value(OPTIONS.targetVersion);
  if (version === undefined) return false;
  if (!isBefore(version, WITH_SYSEXT)) return isBefore(version, WITHOUT_TORCX);
  const [first] = WITH_SYSEXT.split('.');
  throw usageError(`Flatcar ${version} has no extensions: ${first} is the first with them`);
}
