import type { AuditRule } from '../subject.ts';
import { torcxPlace } from '../torcx-place.ts';

/** The switch by which a vendor profile selected an old Docker. */
export const docker112Switch: AuditRule = {
  id: 'TX107',
  *check(subject) {
    const { document, nodePath } = subject;
    const message = 'selected a Docker by a vendor profile of Torcx, and has no effect now';
    if (torcxPlace(nodePath)?.kind === 'docker-switch') {
      if (!document?.parent) yield { message, isRemovable: true };
      return;
    }
    if (document?.kind !== 'shell' && document?.kind !== 'unit') return;
    for (const match of document.text.matchAll(
      /^(?![ \t]*[#;]).*?(\/etc\/(?:coreos|flatcar)\/docker-1\.12)(?![\w.-])/gm,
    )) {
      const end = match.index + match[0].length;
      const isRemoval = /\brm\s/.test(match[0]);
      yield {
        start: end - (match[1]?.length ?? 0),
        end,
        message,
        severity: isRemoval ? 'info' : 'warning',
      };
    }
  },
};
