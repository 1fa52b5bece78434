import type { AuditRule } from '../subject.ts';
import { removeCommand } from './commands.ts';

/** `After=torcx.target` and other weak dependencies, which systemd ignores when the unit is missing. */
export const torcxTargetOrdering: AuditRule = {
  id: 'TX203',
  *check(subject) {
    const { nodePath, target } = subject;
    if (target !== undefined && /\.(?:wants|upholds)\/torcx\.target$/.test(nodePath)) {
      yield {
        message: 'wants torcx.target, which does not exist any more',
        manual: removeCommand(subject),
      };
    }
  },
  mention: ({ strength, reference: { text }, setting }) => ({
    severity: strength === 'hard' ? 'error' : 'warning',
    message: `${text} does not exist any more${setting ? ', and systemd ignores the dependency' : ''}`,
  }),
};
