import type { AuditRule } from '../subject.ts';

/** `${TORCX_BINDIR}/PROGRAM` in a unit. */
export const torcxBindirExec: AuditRule = {
  id: 'TX204',
  mention: ({ reference: { text } }) => ({
    message: `TORCX_BINDIR is unset, so that ${text} has no directory and is not found`,
  }),
};
