import type { Mention } from '../mentions/mention.ts';
import type { AuditRule, MentionRemark, Subject } from '../subject.ts';

/** `${TORCX_UNPACKDIR}/IMAGE/…` in a unit, and the variables that stock units set for it. */
export const torcxUnpackdir: AuditRule = {
  id: 'TX205',
  mention(mention, subject) {
    const { reference, use } = mention;
    if (use === 'assignment') return assignment(mention, subject);
    return {
      message: `TORCX_UNPACKDIR is unset, and ${reference.text} is not where it points now`,
    };
  },
};

function assignment({ reference: { meaning, text } }: Mention, subject: Subject): MentionRemark {
  const isFed = subject.mentions.some(
    ({ reference: { meaning: other } }) => other.kind === 'unpack' && other.imageDir,
  );
  if (meaning.kind === 'name' && meaning.variable === 'TORCX_IMAGEDIR' && isFed) {
    return {
      message: `with ${text} set, the configuration is looked for below the name of an image that is gone`,
    };
  }
  return { severity: 'warning', message: `${text} only fed paths of Torcx` };
}
