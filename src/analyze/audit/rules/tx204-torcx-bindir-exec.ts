import type { AuditRule } from '../subject.ts';

/** `${TORCX_BINDIR}/PROGRAM` in a unit. */
export const torcxBindirExec: AuditRule = {
  id: 'TX204',
  mention: ({ reference: { text, meaning } }) => ({
    message:
      meaning.kind === 'bin' && meaning.name !== undefined
        ? `TORCX_BINDIR is unset, so that ${text} has no directory and is not found`
        : `TORCX_BINDIR is unset, so that ${text} is empty`,
  }),
};
