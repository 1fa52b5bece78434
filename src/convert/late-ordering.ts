import { type Finding, finding } from '../finding.ts';
import { startedWith } from './started-units.ts';
import { UNIT_DIRECTORY } from './unit-directory.ts';
import type { UnitCatalog } from './unit-facts.ts';
import { settingWords } from './unit-needs.ts';

/**
 * What may be over when the units of an extension become known: systemd-sysext.service comes after local-fs.target, and
 * the network is set up beside it. Torcx was a generator, whose units were known from the start.
 */
const EARLY: ReadonlySet<string> = new Set([
  'cryptsetup-pre.target',
  'cryptsetup.target',
  'local-fs-pre.target',
  'local-fs.target',
  'network-pre.target',
  'swap.target',
  'systemd-modules-load.service',
  'systemd-networkd.service',
  'systemd-sysctl.service',
  'systemd-sysusers.service',
  'systemd-udev-trigger.service',
  'systemd-udevd.service',
]);

/**
 * Units that are started and want to come before what comes before them now (TX615).
 * @param units what is upheld
 */
export function lateOrdering(
  units: readonly string[],
  catalog: UnitCatalog,
  aliases: ReadonlyMap<string, string>,
): Finding[] {
  const started = [...startedWith(units, catalog, aliases)].filter(unit => catalog.has(unit));
  return started.flatMap(unit => {
    const early = settingWords(catalog.files(unit), 'Unit', 'Before').filter(name =>
      EARLY.has(name),
    );
    if (early.length === 0) return [];
    return [
      finding('TX615', {
        path: `${UNIT_DIRECTORY}/${unit}`,
        message: `${unit} is to come before ${early.join(' and ')}, but systemd knows the extension's units only later: it starts after that`,
        fix: {
          safety: 'manual',
          description: `order what needs it after it: 'After=${unit}' in a drop-in of that unit`,
        },
      }),
    ];
  });
}
