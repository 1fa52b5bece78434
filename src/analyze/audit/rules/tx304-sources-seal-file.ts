import type { AuditRule } from '../subject.ts';
import { mentioned } from './mentioned.ts';

/** A script that reads, writes or asks for the file that says that Torcx ran. */
export const sourcesSealFile: AuditRule = {
  id: 'TX304',
  check: subject =>
    mentioned(subject, 'TX304', ({ use }) => ({
      message:
        use === 'source'
          ? 'the file does not exist any more, so that reading it fails and its variables are empty'
          : 'the file does not exist any more, and nothing reads it',
    })),
};
