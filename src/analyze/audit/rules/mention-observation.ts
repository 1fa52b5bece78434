import type { Severity } from '../../../finding.ts';
import type { Mention } from '../mentions/mention.ts';
import type { MentionRemark, Observation } from '../subject.ts';
import { advice } from './advice.ts';

/** What a rule says of a reference, with the severity that its surroundings leave. */
export function mentionObservation(mention: Mention, remark: MentionRemark): Observation {
  const { severity = 'error', message, manual = adviceFor(mention), isByHand = false } = remark;
  return {
    start: mention.start,
    end: mention.end,
    severity: softened(severity, mention),
    message: mention.idle ?? withReason(message, mention),
    isByHand,
    ...(manual !== undefined && { manual }),
  };
}

function withReason(message: string, { because }: Mention): string {
  return because === undefined ? message : `${message}; ${because}`;
}

/** Edits, where there are some, are told instead. */
function adviceFor(mention: Mention): string | undefined {
  return mention.strength === 'note' ? undefined : advice(mention);
}

function softened(severity: Severity, { strength }: Mention): Severity {
  if (strength === 'hard' || severity === 'info') return severity;
  return strength === 'soft' ? 'warning' : 'info';
}
