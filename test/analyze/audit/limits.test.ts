import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { auditFiles, summary } from '../../support/audit-files.ts';

const MEBIBYTE = 1 << 20;

function packed(text: string): string {
  return gzipSync(text).toString('base64');
}

function ignition(...contents: readonly string[]): string {
  const files = contents.map((content, index) => ({
    path: `/etc/profile.d/${index}.sh`,
    contents: { compression: 'gzip', source: `data:;base64,${packed(content)}` },
  }));
  return JSON.stringify({ ignition: { version: '3.3.0' }, storage: { files } });
}

const CUT = [
  { path: '/srv/a.ign', reason: 'what is embedded unpacks to more than 16 MiB' },
] as const;

test('what unpacks to too much is told, and the rest is judged', async () => {
  const bomb = ' '.repeat(17 * MEBIBYTE);
  const result = await auditFiles({ '/srv/a.ign': ignition('/run/torcx/bin/ctr ls\n', bomb) });
  expect(result.unreadable).toEqual(CUT);
  expect(result.files).toBe(0);
  expect(summary(result)).toEqual(['1 TX206 error']);
});

test('many texts of one file that are each small enough are too much together', async () => {
  const text = `${' '.repeat(7 * MEBIBYTE)}torcx`;
  const result = await auditFiles({ '/srv/a.ign': ignition(text, text, text) });
  expect(result.unreadable).toEqual(CUT);
});

test('two packed texts of the usual size are read', async () => {
  const result = await auditFiles({
    '/srv/a.ign': ignition('/run/torcx/bin/ctr ls\n', 'export PATH=/run/torcx/bin:$PATH\n'),
  });
  expect(result.unreadable).toEqual([]);
  expect(summary(result)).toEqual(['1 TX206 error', '1 TX302 warning']);
});

test.each([7, 8, 9, 100])('what stands %i here-documents deep is found', async depth => {
  let script = '/run/torcx/bin/docker ps\n';
  for (let level = 0; level < depth; level += 1) {
    script = `cat <<'END${level}' | sh\n${script}END${level}\n`;
  }
  const result = await auditFiles({ '/opt/a.sh': `#!/bin/sh\n${script}` });
  expect(summary(result)).toEqual([`${depth + 2} TX206 error`]);
});

// In quadratic time it would take minutes.
test('a script for sed may have many brackets that nothing closes, and many references', async () => {
  const script = `s,${'['.repeat(4000)},${'/run/torcx/bin/x '.repeat(340)},`;
  const text = `#!/bin/sh\n${`sed -i '${script}' /etc/x\n`.repeat(40)}`;
  expect(summary(await auditFiles({ '/opt/a.sh': text }))).toHaveLength(40);
});
