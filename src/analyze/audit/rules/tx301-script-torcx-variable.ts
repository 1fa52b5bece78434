import type { Mention } from '../mentions/mention.ts';
import type { AuditRule, MentionRemark } from '../subject.ts';

/** A variable of Torcx in a script or setting. */
export const scriptTorcxVariable: AuditRule = {
  id: 'TX301',
  mention: remark,
};

function remark({ reference: { meaning, text }, use }: Mention): MentionRemark {
  if (meaning.kind === 'profile') {
    return {
      severity: 'warning',
      message: `${text} says nothing any more; profiles have no successor`,
      manual: 'use `systemd-sysext list`',
    };
  }
  if (use === 'look-up') return { message: `nothing sets ${text} any more` };
  if (meaning.kind === 'name')
    return {
      severity: 'warning',
      message: `${text} is a variable that only Torcx's programs read`,
    };
  return { message: `nothing sets the variable in ${text} any more` };
}
