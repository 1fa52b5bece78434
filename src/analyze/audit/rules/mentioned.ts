import type { RuleId, Severity } from '../../../finding.ts';
import type { Mention } from '../mentions/mention.ts';
import { mentionOwner } from '../mentions/mention-owner.ts';
import type { Observation, Subject } from '../subject.ts';
import { advice } from './advice.ts';

/** What a rule says of one reference; `severity` is for one that matters. */
export interface MentionRemark {
  readonly message: string;
  readonly severity?: Severity;
  readonly manual?: string;
  /** An edit of the line would not mend it. */
  readonly isByHand?: boolean;
}

/** An observation for each reference of the rule `id`, with the severity that its surroundings leave. */
export function* mentioned(
  subject: Subject,
  id: RuleId,
  remark: (mention: Mention) => MentionRemark,
): Generator<Observation> {
  for (const mention of subject.mentions) {
    if (mention.strength === 'inert' || mentionOwner(mention) !== id) continue;
    const { severity = 'error', message, ...rest } = remark(mention);
    yield {
      start: mention.start,
      end: mention.end,
      severity: softened(severity, mention),
      ...adviceFor(mention),
      ...rest,
      message: mention.because === undefined ? message : `${message}; ${mention.because}`,
    };
  }
}

/** Edits, where there are some, are told instead. */
function adviceFor(mention: Mention): { readonly manual?: string } {
  const manual = mention.strength === 'note' ? undefined : advice(mention);
  return manual === undefined ? {} : { manual };
}

function softened(severity: Severity, { strength }: Mention): Severity {
  if (strength === 'hard' || severity === 'info') return severity;
  return strength === 'soft' ? 'warning' : 'info';
}
