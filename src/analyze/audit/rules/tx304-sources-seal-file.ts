import type { Use } from '../mentions/mention.ts';
import type { AuditRule } from '../subject.ts';
import { mentioned } from './mentioned.ts';

/** A script that reads, writes or asks for the file that says that Torcx ran. */
export const sourcesSealFile: AuditRule = {
  id: 'TX304',
  check: subject =>
    mentioned(subject, 'TX304', ({ use }) => ({
      message: `the file does not exist any more, ${consequence(use)}`,
    })),
};

function consequence(use: Use): string {
  if (use === 'source') return 'so that reading it fails and its variables are empty';
  return use === 'condition' ? 'and so the condition never holds' : 'and nothing reads it';
}
