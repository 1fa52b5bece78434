import { applyLineChanges } from '../../src/analyze/audit/embedding.ts';
import { auditFiles } from '../../test/support/audit-files.ts';
import { check } from '../lib/check.ts';

/** By what a file is called, it is a unit, a script, or one of the formats that carry others. */
const PATHS = [
  '/etc/systemd/system/a.service',
  '/opt/a.sh',
  '/a.yaml',
  '/a.ign',
  '/a.tf',
  '/etc/torcx/profiles/a.json',
  '/etc/a',
  '/a.toml',
];

/** Whatever a file holds: findings within it, edits that fit together, and nothing left that they can mend. */
export async function fuzz(data: Uint8Array): Promise<void> {
  const path = PATHS[(data[0] ?? 0) % PATHS.length] ?? '/etc/a';
  const text = Buffer.from(data.subarray(1)).toString('utf8');
  const { findings } = await auditFiles({ [path]: text });
  const lines = text.split('\n').length;
  for (const { line = 1 } of findings) check(line >= 1 && line <= lines, () => `line ${line}`);
  const edits = new Map(
    findings.flatMap(({ fix }) => fix?.edits ?? []).map(edit => [JSON.stringify(edit), edit]),
  );
  const sorted = [...edits.values()].sort((a, b) => a.startLine - b.startLine);
  for (const [index, edit] of sorted.entries()) {
    const before = sorted[index - 1]?.endLine ?? 0;
    check(edit.startLine > before, () => `edits that overlap in ${JSON.stringify(text)}`);
  }
  const after = applyLineChanges(text, sorted);
  const again = await auditFiles({ [path]: after });
  const left = again.findings.filter(({ fix }) => fix?.edits);
  check(left.length === 0, () => `${left[0]?.ruleId} is left in ${JSON.stringify(after)}`);
}
