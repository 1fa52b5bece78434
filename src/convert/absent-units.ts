import { type Finding, finding } from '../finding.ts';
import type { EnablementLink } from './asset-claims.ts';
import { isHostUnit } from './host-units.ts';

/**
 * Links by which Torcx started something and of which one end is not in the image (TX610). systemd looks units up by
 * their names, so that a unit of the host works; what nobody has, it passes over without a word.
 * @param has whether the extension brings a unit, under whatever name
 */
export function absentUnits(
  links: readonly EnablementLink[],
  has: (unit: string) => boolean,
): Finding[] {
  const isAbsent = (unit: string) => !has(unit) && !isHostUnit(unit);
  const started = new Set(links.flatMap(link => (isAbsent(link.target) ? [] : [link.unit])));
  return links.flatMap(({ path, unit, target }) => {
    if (isAbsent(unit)) {
      return [
        finding('TX610', {
          path,
          message: `starts ${unit}, which the image does not have: the host has to bring it, otherwise nothing starts and systemd does not say so`,
          fix: {
            safety: 'manual',
            description: `systemctl cat ${unit} on a node shows whether it is there; --no-enable ${unit} leaves it alone`,
          },
        }),
      ];
    }
    if (!isAbsent(target) || started.has(unit)) return [];
    return [
      finding('TX610', {
        path,
        severity: 'info',
        message: `${unit} is started with ${target}, which the image does not have: where the host does not start it either, nothing starts ${unit}`,
      }),
    ];
  });
}
