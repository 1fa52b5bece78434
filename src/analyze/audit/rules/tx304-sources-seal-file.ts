import type { Mention } from '../mentions/mention.ts';
import type { AuditRule } from '../subject.ts';

/** A script that reads, writes or asks for the file that says that Torcx ran. */
export const sourcesSealFile: AuditRule = {
  id: 'TX304',
  mention: mention => ({
    message: `the file does not exist any more${consequence(mention)}`,
  }),
};

function consequence({ use, strength }: Mention): string {
  if (use === 'source') return ', so that reading it fails and its variables are empty';
  if (use !== 'condition') return ': nothing writes or reads it now';
  return strength === 'soft'
    ? ': what asks for it gets the same answer always'
    : ', and what needs it gives up';
}
