import { usageError } from '../usage-error.ts';
import { OPTIONS } from './option-table.ts';
import type { Settings } from './settings.ts';

/** What the host's os-release(5) must say for the extension to be merged. */
export interface HostMatch {
  readonly id: string;
  readonly sysextLevel?: string;
  readonly versionId?: string;
}

/**
 * When host and extension both have a SYSEXT_LEVEL, systemd compares that and ignores VERSION_ID: who asks for a
 * version only gets no level, or the version would say nothing.
 */
export function hostMatch(settings: Settings): HostMatch {
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

/** The same, or undefined when nothing was said about the host. */
export function givenHostMatch(settings: Settings): HostMatch | undefined {
  const { os, sysextLevel, osVersion } = OPTIONS;
  const isGiven = [os, sysextLevel, osVersion].some(spec => settings.value(spec) !== undefined);
  return isGiven ? hostMatch(settings) : undefined;
}
