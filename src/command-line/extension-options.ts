import { type HostMatch, hostMatch } from './host-options.ts';
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

/** @throws ToolError `usage` for the first thing that makes no sense */
export function extensionOptions(settings: Settings): ExtensionOptions {
  const [enable, noEnable] = oppositeNames(settings, OPTIONS.enable, OPTIONS.noEnable);
  return {
    host: hostMatch(settings),
    architecture: settings.value(OPTIONS.arch) ?? 'auto',
    enable,
    noEnable,
    reloadManager: !settings.on(OPTIONS.noReload) && settings.value(OPTIONS.reload) !== false,
  };
}
