import type { AuditRule } from '../subject.ts';
import { mentioned } from './mentioned.ts';

/** `${TORCX_BINDIR}/PROGRAM` in a unit. */
export const torcxBindirExec: AuditRule = {
  id: 'TX204',
  check: subject =>
    mentioned(subject, 'TX204', ({ reference: { text } }) => ({
      message: `TORCX_BINDIR is unset, so that ${text} has no directory and is not found`,
    })),
};
