import type { AuditRule } from '../subject.ts';

/** `EnvironmentFile=/run/metadata/torcx`. */
export const torcxEnvironmentFile: AuditRule = {
  id: 'TX201',
  mention: ({ strength }) => ({
    message:
      strength === 'hard'
        ? 'this file does not exist from Flatcar 3794 on; the unit fails to start'
        : 'this file does not exist from Flatcar 3794 on; its variables are empty',
  }),
};
