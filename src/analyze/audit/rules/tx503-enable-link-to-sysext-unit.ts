import { baseName } from '../../../path-names.ts';
import type { AuditRule } from '../subject.ts';
import { upholdCommand } from './commands.ts';
import { dependencyDirectory, isRunUnit, isTorcxPath, nodeLinks } from './link-place.ts';

/** What Flatcar's own extensions start by drop-ins of their targets. */
const BUILT_IN = /^(?:docker\.socket|containerd\.service)$/;

/** A link that enabled a unit of an image: it leads nowhere, and counts by its name alone. */
export const enableLinkToSysextUnit: AuditRule = {
  id: 'TX503',
  *check(subject) {
    for (const { nodePath, target, range, removal } of nodeLinks(subject)) {
      if (nodePath.endsWith('/torcx.target')) continue;
      const name = baseName(nodePath);
      if (/\/torcx\.target\.(?:wants|requires|upholds)\//.test(nodePath)) {
        yield {
          ...range,
          severity: 'error',
          message: `torcx.target does not exist any more, and so nothing starts ${name}`,
          manual: `give ${name} another WantedBy=, then: systemctl reenable ${name}`,
        };
        continue;
      }
      const directory = dependencyDirectory(nodePath);
      if (directory !== undefined && name === 'torcx-profile-populate.service') {
        yield { ...range, message: `${name} belongs to Torcx and is gone`, manual: removal };
        continue;
      }
      const isGone = isTorcxPath(target) || isRunUnit(target);
      if (directory === undefined || directory === 'requires' || !isGone) continue;
      yield {
        ...range,
        message: `Torcx put ${target} there at boot; the link leads nowhere now`,
        manual: BUILT_IN.test(name)
          ? `${removal} (the extension starts ${name} itself)`
          : `${upholdCommand(nodePath.replace(/\.\w+\/[^/]+$/, ''), name, subject.node)}; ${removal}`,
      };
    }
  },
};
