import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyLineChanges } from '../../../src/analyze/audit/embedding.ts';
import { auditFiles } from '../../support/audit-files.ts';

/** Pieces of what people have, whole and broken. */
const LINES = [
  ...[
    '[Service]',
    '[Unit]',
    'Requires=torcx.target a.target',
    'EnvironmentFile=/run/metadata/torcx',
  ],
  ...['ExecStart=/usr/bin/env PATH=${TORCX_BINDIR}:${PATH} ${TORCX_BINDIR}/a \\', '  --b'],
  ...[
    'Environment=TORCX_IMAGEDIR=/a',
    'ExecStart=/run/torcx/unpack/b/bin/b',
    '#!/bin/sh',
    'set -e',
  ],
  ...[
    'cat >/etc/systemd/system/a.service <<EOF',
    'EOF',
    '. /run/metadata/torcx',
    '"$TORCX_BINDIR/a"',
  ],
  ...[
    'if [ -x /run/torcx/bin/a ]; then',
    'fi',
    '- path: /etc/systemd/system/a.service',
    '  contents: |',
  ],
  ...[
    '    [Service]',
    '    ExecStart=/run/torcx/bin/a',
    '    inline: "\\n/run/torcx/bin/a"',
    'a: {',
  ],
  ...[
    '{"path": "/opt/a", "contents": {"source": "data:,%23%21%2Fbin%2Fsh%0A%2Frun%2Ftorcx%2Fbin%2Fa"}}',
  ],
  ...[
    '# torcx2sysext: ignore[TX2] x',
    "x = '''",
    'export PATH=/run/torcx/bin:$PATH',
    '',
    '`',
    '"',
    "'",
  ],
];
const PATHS = [
  '/etc/systemd/system/a.service',
  '/a.sh',
  '/a.yaml',
  '/a.ign',
  '/a.tf',
  '/a.go',
  '/etc/a',
];

test('whatever a file holds: no failure, edits that fit together, and nothing left that they can mend', async () => {
  const file = fc.record({
    path: fc.constantFrom(...PATHS),
    lines: fc.array(fc.constantFrom(...LINES), { maxLength: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(file, async ({ path, lines }) => {
      const before = `${lines.join('\n')}\n`;
      const { findings } = await auditFiles({ [path]: before });
      const edits = new Map(
        findings.flatMap(({ fix }) => fix?.edits ?? []).map(edit => [JSON.stringify(edit), edit]),
      );
      const sorted = [...edits.values()].sort((a, b) => a.startLine - b.startLine);
      for (const [index, edit] of sorted.entries()) {
        expect(edit.startLine).toBeGreaterThan(sorted[index - 1]?.endLine ?? 0);
      }
      const after = applyLineChanges(before, sorted);
      const again = await auditFiles({ [path]: after });
      expect(again.findings.filter(({ fix }) => fix?.edits)).toEqual([]);
    }),
    { numRuns: 400 },
  );
});
