import type { AuditRule } from '../subject.ts';
import { torcxPlace } from '../torcx-place.ts';
import { removeCommand } from './commands.ts';
import { mentioned } from './mentioned.ts';

/** The file that selected the user's profile for the next boot, and whatever reads or writes it. */
export const torcxNextProfile: AuditRule = {
  id: 'TX101',
  *check(subject) {
    const { document, nodePath, node } = subject;
    if (torcxPlace(nodePath)?.kind === 'next-profile' && !document?.parent) {
      const { upperProfile, customImages } = node.selection;
      const left = customImages.map(({ name, reference }) => `${name}:${reference}`).join(', ');
      const selects =
        upperProfile === undefined ? 'selects no profile' : `selects profile '${upperProfile}'`;
      yield {
        message: `${selects}, and nobody reads it any more${left === '' ? '' : `; ${left} must become an extension first`}`,
        manual: removeCommand(subject),
      };
      return;
    }
    yield* mentioned(subject, 'TX101', () => ({
      severity: 'warning',
      message: 'nobody reads the name of the next profile any more',
    }));
  },
};
