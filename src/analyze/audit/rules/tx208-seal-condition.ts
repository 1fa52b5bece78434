import type { AuditRule } from '../subject.ts';

/** `ConditionPathExists=/run/metadata/torcx`. */
export const sealCondition: AuditRule = {
  id: 'TX208',
  mention({ setting, strength }) {
    if (strength === 'soft')
      return { message: 'the condition on Torcx has the same answer always now' };
    const isAssert = setting?.key.startsWith('Assert');
    return {
      message: isAssert
        ? 'the assertion never holds any more, and so the unit fails'
        : 'the condition never holds any more, and so the unit is skipped without a word',
    };
  },
};
