import { usageError } from '../usage-error.ts';
import { oppositeNames } from './opposite-names.ts';
import { OPTIONS } from './option-table.ts';
import type { Settings } from './settings.ts';

/** Which hosts merge the extension and what it starts there, whatever it is made of. */
export interface ExtensionOptions {
  readonly host: HostMatch;
  readonly architecture: 'auto' | 'x86-64' | 'arm64';
  readonly enable: readonly string[];
  readonly noEnable: readonly string[];
  readonly reloadManager: boolean;
}

/** What the host's os-release(5) must say for the extension to be merged. */
export interface HostMatch {
  readonly id: string;
  readonly sysextLevel?: string;
  readonly versionId?: string;
}

/** @throws ToolError `usage` for the first thing that makes no sense */
export function extensionOptions(settings: Settings): ExtensionOptions {
  const [enable, noEnable] = oppositeNames(settings, OPTIONS.enable, OPTIONS.noEnable);
  return {
    host: hostMatch(settings),
    architecture: settings.value(OPTIONS.arch) ?? 'auto',
    enable,
    noEnable,
    reloadManager: !settings.on(OPTIONS.noReload),
  };
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
