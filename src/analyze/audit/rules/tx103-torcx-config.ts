import type { AuditRule } from '../subject.ts';
import { torcxPlace } from '../torcx-place.ts';
import { removeCommand } from './commands.ts';

/** Torcx's own settings, and references to its configuration directory. */
export const torcxConfig: AuditRule = {
  id: 'TX103',
  *check(subject) {
    const place = torcxPlace(subject.nodePath);
    const isFile = subject.document !== undefined && !subject.document.parent;
    if (
      isFile &&
      (place?.kind === 'config' ||
        (place?.kind === 'other' && subject.nodePath.startsWith('/etc/')))
    ) {
      yield {
        severity: 'warning',
        message: "nobody reads Torcx's configuration any more",
        manual: removeCommand(subject),
      };
    }
  },
  mention: ({ use }) => ({
    severity: use === 'mount' ? 'error' : 'warning',
    message: "nobody reads Torcx's configuration any more",
  }),
};
