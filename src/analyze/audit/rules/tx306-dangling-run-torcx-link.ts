import type { AuditRule } from '../subject.ts';
import { dependencyDirectory, isRunUnit, isTorcxPath, nodeLinks } from './link-place.ts';

/** A link into what Torcx made at boot. */
export const danglingRunTorcxLink: AuditRule = {
  id: 'TX306',
  *check(subject) {
    for (const { nodePath, target, range, removal } of nodeLinks(subject)) {
      if (nodePath.endsWith('/torcx.target')) continue;
      const directory = dependencyDirectory(nodePath);
      const isGone =
        isTorcxPath(target) || (isRunUnit(target) && nodePath.startsWith('/etc/systemd/'));
      if (!isGone || directory === 'wants' || directory === 'upholds') continue;
      const isUnit = /^\/etc\/systemd\/system\/[^/]+\.[a-z]+$/.test(nodePath);
      const shadows = ', and the link hides the unit of that name that an extension brings';
      yield {
        ...range,
        message: `${target} does not exist any more${isUnit ? shadows : ''}`,
        manual: removal,
        ...(isUnit && { isByHand: true as const }),
      };
    }
  },
};
