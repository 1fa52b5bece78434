import { describe, expect, test } from 'vitest';
import { auditFiles } from '../../support/audit-files.ts';

/** A script, and whether its fix leaves everything else that it does as it is. */
const SCRIPTS: readonly [string, string, 'safe' | 'unsafe'][] = [
  [
    'a block that only reads',
    'if [ -f /run/metadata/torcx ]; then\n  . /run/metadata/torcx\nfi',
    'safe',
  ],
  ['a line that only reads', '[ -f /run/metadata/torcx ] && . /run/metadata/torcx', 'safe'],
  [
    'a block that does something else',
    'if [ -f /run/metadata/torcx ]; then\n  . /run/metadata/torcx\n  reboot\nfi',
    'unsafe',
  ],
  ['a command behind the test', '[ -f /run/metadata/torcx ] && reboot', 'unsafe'],
  ['a command for nodes without Torcx', '[ ! -f /run/metadata/torcx ] && reboot', 'unsafe'],
  [
    'a block with another branch',
    'if [ -f /run/metadata/torcx ]; then\n  :\nelse\n  reboot\nfi',
    'unsafe',
  ],
];

describe('the answer to a test that only skips something', () => {
  test.each(SCRIPTS)('%s', async (_, script, safety) => {
    const { findings } = await auditFiles({ '/opt/a.sh': `#!/bin/sh\n${script}\n` });
    expect(findings.map(({ fix }) => fix?.safety)).toContain(safety);
    expect(new Set(findings.map(({ fix }) => fix?.safety)).size).toBe(1);
  });
});
