import type { Mention } from '../mentions/mention.ts';
import type { AuditRule, MentionRemark } from '../subject.ts';

/** A literal path below /run/torcx, in whatever kind of file. */
export const runTorcxPath: AuditRule = {
  id: 'TX206',
  mention: remark,
};

function remark({ reference: { meaning, text }, use, setting, strength }: Mention): MentionRemark {
  if (setting?.section === 'Mount' && setting.key === 'What') {
    return {
      message: `${text} does not exist any more, and so nothing can be mounted from it`,
      isByHand: true,
      manual: 'remove the unit: an extension brings files below /usr and /opt by itself',
    };
  }
  if (use === 'mount' && meaning.kind === 'run-dir') {
    return {
      severity: 'warning',
      message: 'the directory is empty now, and nothing in a container needs it',
    };
  }
  if (use === 'mount' && setting?.key.startsWith('Bind')) {
    const consequence =
      setting.section === 'Files'
        ? ', and the container does not start'
        : ', and the unit fails at its mounts (226/NAMESPACE)';
    return { message: `${text} does not exist any more${strength === 'hard' ? consequence : ''}` };
  }
  if (use === 'mount') {
    return {
      message: `${text} does not exist any more: the engine mounts an empty directory instead`,
    };
  }
  if (use === 'condition' && strength === 'soft')
    return {
      message: `${text} does not exist any more: what asks for it gets the same answer always`,
    };
  if (use === 'condition') {
    const failure = setting ? 'so the condition never holds' : 'what needs it gives up';
    return { message: `${text} does not exist any more, and ${failure}` };
  }
  return { message: `${text} does not exist any more` };
}
