import type { Mention } from '../mentions/mention.ts';
import type { AuditRule, Subject } from '../subject.ts';
import { mentioned } from './mentioned.ts';

/** `${TORCX_UNPACKDIR}/IMAGE/…` in a unit, and the variables that stock units set for it. */
export const torcxUnpackdir: AuditRule = {
  id: 'TX205',
  check: subject =>
    mentioned(subject, 'TX205', mention => {
      const { reference, use } = mention;
      if (use === 'assignment') return assignment(subject, mention);
      return {
        message: `TORCX_UNPACKDIR is unset, and ${reference.text} is not where it points now`,
      };
    }),
};

function assignment(subject: Subject, { reference: { meaning, text } }: Mention) {
  const isFed = subject.mentions.some(
    ({ reference: { meaning: other } }) => other.kind === 'unpack' && other.imageDir,
  );
  if (meaning.kind === 'name' && meaning.variable === 'TORCX_IMAGEDIR' && isFed) {
    return {
      message: `with ${text} set, the configuration is looked for below the name of an image that is gone`,
    };
  }
  return { severity: 'warning' as const, message: `${text} only fed paths of Torcx` };
}
