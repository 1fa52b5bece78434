import fc from 'fast-check';
import { expect, test } from 'vitest';
import { leftAfterFixes } from '../../support/mend-text.ts';

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
      expect(await leftAfterFixes(path, `${lines.join('\n')}\n`)).toEqual([]);
    }),
    { numRuns: 400 },
  );
});
