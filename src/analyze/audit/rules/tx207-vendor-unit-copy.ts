import { baseName } from '../../../path-names.ts';
import type { AuditRule } from '../subject.ts';
import { removeCommand } from './commands.ts';

const VENDOR_UNIT = /^\/etc\/systemd\/system\/(?:docker|containerd)\.(?:service|socket)$/;

/** A copy of a unit of Flatcar's that Torcx's build had changed: it hides the one that the extension brings. */
export const vendorUnitCopy: AuditRule = {
  id: 'TX207',
  *check(subject) {
    const { nodePath, document, mentions } = subject;
    if (!document?.unit || !VENDOR_UNIT.test(nodePath) || mentions.length === 0) return;
    const name = baseName(nodePath);
    yield {
      message: `hides the ${name} that the built-in extension brings; a drop-in with the differences would follow its updates`,
      manual: `systemctl cat ${name}; ${removeCommand(subject)}`,
    };
  },
};
