import type { Finding } from '../../../finding.ts';
import type { Labelled } from './labelled-lines.ts';

/** A finding as one fact of many about its file. */
export function findingFact({ severity, ruleId, message, line }: Finding): Labelled {
  const place = line === undefined ? '' : `line ${line}: `;
  return [severity, `${ruleId} ${place}${message}`, severity];
}
