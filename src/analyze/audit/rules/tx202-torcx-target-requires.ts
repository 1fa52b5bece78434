import type { AuditRule } from '../subject.ts';
import { removeCommand } from './commands.ts';

/** `Requires=torcx.target` and what is as strict. */
export const torcxTargetRequires: AuditRule = {
  id: 'TX202',
  *check(subject) {
    const { nodePath, target } = subject;
    if (target !== undefined && /\.requires\/torcx\.target$/.test(nodePath)) {
      yield {
        message: 'requires torcx.target, which does not exist any more',
        manual: removeCommand(subject),
      };
    }
  },
  mention: ({ reference: { text } }) => ({
    message: `${text} does not exist any more, and what requires it cannot start`,
  }),
};
