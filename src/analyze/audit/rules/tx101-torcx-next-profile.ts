import type { AuditRule, Subject } from '../subject.ts';
import { torcxPlace } from '../torcx-place.ts';
import { removeCommand } from './commands.ts';

/** The file that selected the user's profile for the next boot, and whatever reads or writes it. */
export const torcxNextProfile: AuditRule = {
  id: 'TX101',
  *check(subject) {
    if (!isNextProfile(subject)) return;
    const { upperProfile, customImages } = subject.node.selection;
    const left = customImages.map(({ name, reference }) => `${name}:${reference}`).join(', ');
    const selects =
      upperProfile === undefined ? 'selects no profile' : `selects profile '${upperProfile}'`;
    yield {
      message: `${selects}, and nobody reads it any more${left === '' ? '' : `; ${left} must become an extension first`}`,
      manual: removeCommand(subject),
    };
  },
  mention(_mention, subject) {
    if (isNextProfile(subject)) return;
    return {
      severity: 'warning',
      message: 'nobody reads the name of the next profile any more',
    };
  },
};

function isNextProfile({ nodePath, document }: Subject): boolean {
  return torcxPlace(nodePath)?.kind === 'next-profile' && !document?.parent;
}
