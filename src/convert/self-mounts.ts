import { effectiveSettings } from '../analyze/unit-file.ts';
import { type Finding, finding } from '../finding.ts';
import { UNIT_DIRECTORY } from './unit-directory.ts';
import type { UnitCatalog } from './unit-facts.ts';

/**
 * Mount units that put a directory of the image where it is now by itself, to that directory. Such a mount would keep
 * systemd-sysext from exchanging the extension.
 */
export function selfMounts(catalog: UnitCatalog): ReadonlyMap<string, string> {
  const mounts = catalog.names.flatMap(name => {
    if (!name.endsWith('.mount')) return [];
    const files = catalog.files(name);
    const last = (key: string) => effectiveSettings(files, 'Mount', key).at(-1)?.value;
    const where = last('Where');
    return where !== undefined && last('What') === where ? [[name, where] as const] : [];
  });
  return new Map(mounts);
}

/** Says which of them are not started although Torcx did so. */
export function selfMountFindings(mounts: ReadonlyMap<string, string>): Finding[] {
  return [...mounts].map(([unit, directory]) =>
    finding('TX614', {
      path: `${UNIT_DIRECTORY}/${unit}`,
      message: `${unit} is not started any more: the extension has its files at ${directory}, and it would mount that on itself`,
    }),
  );
}
