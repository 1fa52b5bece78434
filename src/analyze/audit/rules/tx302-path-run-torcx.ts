import type { AuditRule } from '../subject.ts';

/** A directory of Torcx in a search path: the others of the list still serve. */
export const pathRunTorcx: AuditRule = {
  id: 'TX302',
  mention({ reference: { variable, text }, strength }) {
    const severity = strength === 'hard' ? 'error' : 'warning';
    if (variable !== undefined) {
      const message = IS_BARE.test(text)
        ? `${text} is empty now, and an empty element of a search path is the current directory`
        : `nothing sets the variable in ${text} any more`;
      return { severity, message };
    }
    const alone = strength === 'hard' ? ', and nothing else in the list takes its place' : '';
    return { severity, message: `${text} is a directory that does not exist any more${alone}` };
  },
};

/** The variable and nothing more; a path behind it would still be there. */
const IS_BARE = /^[\\$]*\$(?:\w+|\{\w+\})$/;
