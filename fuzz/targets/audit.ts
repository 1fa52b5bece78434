import { auditFiles } from '../../test/support/audit-files.ts';
import { leftAfterFixes } from '../../test/support/mend-text.ts';
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
  const [left] = await leftAfterFixes(path, text);
  check(left === undefined, () => `line ${left?.startLine} of ${JSON.stringify(text)} is left`);
}
