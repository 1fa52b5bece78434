import type { CheckOptions } from '../../../command-line/check-options.ts';
import { repeatCheck } from '../../../command-line/repeat-check.ts';
import type { AuditFix } from './audit-services.ts';

interface Mended {
  /** The fixes that were made. */
  readonly made: readonly AuditFix[];
  /** Those that were not. */
  readonly left: readonly AuditFix[];
  readonly options: CheckOptions;
}

/**
 * The command that makes the same fixes: all that there are, or all of some rules. Undefined where they were chosen in a
 * way that no option says.
 */
export function sameCommand({ made, left, options }: Mended): string[] | undefined {
  if (made.length === 0) return repeatCheck(options, { action: 'report', unsafeFixes: false });
  const unsafeFixes = made.some(({ safety }) => safety === 'unsafe');
  const fix = { action: 'fix', unsafeFixes } as const;
  const others = left.filter(({ safety }) => unsafeFixes || safety === 'safe');
  if (others.length === 0) return repeatCheck(options, fix);
  const rules = new Set(made.flatMap(rulesOf));
  if (others.flatMap(rulesOf).some(rule => rules.has(rule))) return undefined;
  return repeatCheck({ ...options, select: [...rules].sort() }, fix);
}

function rulesOf({ findings }: AuditFix) {
  return findings.map(({ ruleId }) => ruleId);
}
