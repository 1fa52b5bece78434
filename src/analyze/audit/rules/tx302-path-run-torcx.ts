import type { AuditRule } from '../subject.ts';

/** A directory of Torcx in a search path: the others of the list still serve. */
export const pathRunTorcx: AuditRule = {
  id: 'TX302',
  mention({ reference: { variable, text }, strength }) {
    const severity = strength === 'hard' ? 'error' : 'warning';
    if (variable !== undefined) {
      return {
        severity,
        message: `${text} is empty now, and an empty element of a search path is the current directory`,
      };
    }
    const alone = strength === 'hard' ? ', and nothing else in the list takes its place' : '';
    return { severity, message: `${text} is a directory that does not exist any more${alone}` };
  },
};
