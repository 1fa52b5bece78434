import type { EntryRow } from '../../convert/inspect-report.ts';
import type { Finding, Severity } from '../../finding.ts';

/** How many entries of a subtree are what; what a directory shows and what filters ask for. */
export interface EntryTally {
  readonly dynamic: number;
  readonly static: number;
  readonly rewritten: number;
  readonly dropped: number;
  readonly enabled: number;
  readonly findings: Readonly<Record<Severity, number>>;
}

export const emptyTally: EntryTally = {
  dynamic: 0,
  static: 0,
  rewritten: 0,
  dropped: 0,
  enabled: 0,
  findings: { error: 0, warning: 0, info: 0 },
};

/** The tally of one entry alone. */
export function tallyOf(entry: EntryRow | undefined, findings: readonly Finding[]): EntryTally {
  const has = (flag: EntryRow['flags'][number]) => (entry?.flags.includes(flag) ? 1 : 0);
  const count = (severity: Severity) => findings.filter(one => one.severity === severity).length;
  return {
    dynamic: has('dynamic'),
    static: has('static'),
    rewritten: has('rewritten'),
    dropped: has('dropped'),
    enabled: has('enabled'),
    findings: { error: count('error'), warning: count('warning'), info: count('info') },
  };
}

/** Of two parts together. */
export function addTally(a: EntryTally, b: EntryTally): EntryTally {
  return {
    dynamic: a.dynamic + b.dynamic,
    static: a.static + b.static,
    rewritten: a.rewritten + b.rewritten,
    dropped: a.dropped + b.dropped,
    enabled: a.enabled + b.enabled,
    findings: {
      error: a.findings.error + b.findings.error,
      warning: a.findings.warning + b.findings.warning,
      info: a.findings.info + b.findings.info,
    },
  };
}
