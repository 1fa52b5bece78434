import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { AuditResult } from '../../../src/analyze/audit/audit-result.ts';
import { applyLineChanges } from '../../../src/analyze/audit/embedding.ts';
import { auditFiles, summary } from '../../support/audit-files.ts';

const SEAL = 'EnvironmentFile=/run/metadata/torcx\n';
const UNIT = `[Service]\n${SEAL}ExecStart=/run/torcx/bin/ctr images prune\n`;
const FIXED = '[Service]\nExecStart=/usr/bin/ctr images prune\n';
const base64 = (text: string | Uint8Array) => Buffer.from(text).toString('base64');

/** The text with every edit made once; findings of one unit share theirs. */
function applyFixes(text: string, { findings }: AuditResult): string {
  const edits = new Map(
    findings.flatMap(({ fix }) =>
      (fix?.edits ?? []).map(edit => [`${edit.startLine}-${edit.endLine}`, edit] as const),
    ),
  );
  return applyLineChanges(text, [...edits.values()]);
}

interface Carrier {
  readonly name: string;
  readonly path: string;
  wrap(unit: string): string;
  /** Lines of the carrier of the seal and of the program. */
  readonly lines: readonly [number, number];
}

const indent = (text: string, by: string) => text.replace(/^(?=.)/gm, by);

const CARRIERS: readonly Carrier[] = [
  {
    name: 'Butane',
    path: '/srv/a.bu',
    wrap: unit =>
      `variant: flatcar\nsystemd:\n  units:\n    - name: a.service\n      contents: |\n${indent(unit, '        ')}    - name: b.service\n`,
    lines: [7, 8],
  },
  {
    name: 'a list at the column of its key',
    path: '/srv/a.yaml',
    wrap: unit =>
      `systemd:\n  units:\n  - name: a.service\n    dropins:\n    - name: 1.conf\n      contents: |-\n${indent(unit, '        ')}`,
    lines: [8, 9],
  },
  {
    name: 'cloud-config in base64',
    path: '/srv/user_data',
    wrap: unit =>
      `#cloud-config\nwrite_files:\n- encoding: b64\n  content: ${base64(unit)}\n  path: /etc/systemd/system/a.service\n`,
    lines: [4, 4],
  },
  {
    name: 'Ignition, a string',
    path: '/srv/a.ign',
    wrap: unit =>
      `${JSON.stringify({ ignition: { version: '3.3.0' }, systemd: { units: [{ name: 'a.service', contents: unit }] } }, null, 1)}\n`,
    lines: [9, 9],
  },
  {
    name: 'Ignition, percent-encoded',
    path: '/srv/a.ign',
    wrap: unit =>
      `${JSON.stringify({ storage: { files: [{ path: '/etc/systemd/system/a.service', contents: { source: `data:,${encodeURIComponent(unit)}` } }] } }, null, 1)}\n`,
    lines: [7, 7],
  },
  {
    name: 'a script',
    path: '/srv/a.sh',
    wrap: unit =>
      `#!/bin/sh\ncat >/etc/systemd/system/a.service <<'EOF'\n${unit}EOF\nsystemctl daemon-reload\n`,
    lines: [4, 5],
  },
  {
    name: 'a script in a ConfigMap',
    path: '/srv/a.yaml',
    wrap: unit =>
      `{{- if .Values.a }}\nkind: ConfigMap\ndata:\n  a.sh: |\n    #!/bin/sh\n    tee /etc/systemd/system/a.service <<EOF\n${indent(unit, '    ')}    EOF\n{{- end }}\n`,
    lines: [8, 9],
  },
  {
    name: 'Terraform',
    path: '/srv/a.tf',
    wrap: unit => `locals {\n  unit = <<-EOT\n${indent(unit, '    ')}  EOT\n}\n`,
    lines: [4, 5],
  },
  {
    name: 'Go',
    path: '/srv/a.go',
    wrap: unit => `package a\n\nconst unit = \`${unit}\`\n`,
    lines: [4, 5],
  },
];

describe.each(CARRIERS)('$name', ({ path, wrap, lines: [seal, program] }) => {
  test('findings stand at the lines of the carrier', async () => {
    const expected = [`${seal} TX201 error`, `${program} TX206 error`];
    expect(summary(await auditFiles({ [path]: wrap(UNIT) }))).toEqual(expected);
  });

  test('the fix leaves everything else alone, and nothing to fix', async () => {
    const before = wrap(UNIT);
    const after = applyFixes(before, await auditFiles({ [path]: before }));
    expect(after).toBe(wrap(FIXED));
    expect(summary(await auditFiles({ [path]: after }))).toEqual([]);
  });
});

test('a compressed file keeps its form, and its hash is that of the new contents', async () => {
  const file = (unit: string, hash: string) => ({
    path: '/etc/systemd/system/a.service',
    contents: {
      compression: 'gzip',
      source: `data:;base64,${base64(gzipSync(unit))}`,
      verification: { hash },
    },
  });
  const before = JSON.stringify({ storage: { files: [file(UNIT, 'sha512-00')] } }, null, 1);
  const after = applyFixes(before, await auditFiles({ '/srv/a.ign': before }));
  const { contents } = JSON.parse(after).storage.files[0];
  const bytes = Buffer.from(contents.source.replace(/^.*,/, ''), 'base64');
  expect(gunzipSync(bytes).toString()).toBe(FIXED);
  const digest = createHash('sha512').update(FIXED).digest('hex');
  expect(contents.verification.hash).toBe(`sha512-${digest}`);
});

test('several files on one line are one edit', async () => {
  const units = ['a', 'b'].map(name => ({ name: `${name}.service`, contents: UNIT }));
  const before = JSON.stringify({ ignition: {}, systemd: { units } });
  const result = await auditFiles({ '/srv/a.ign': before });
  expect(result.findings.map(({ embedded }) => embedded?.path)).toContain(
    '/etc/systemd/system/b.service',
  );
  expect(new Set(result.findings.map(({ fix }) => JSON.stringify(fix?.edits))).size).toBe(1);
  expect(applyFixes(before, result)).toBe(
    before.replaceAll(JSON.stringify(UNIT), JSON.stringify(FIXED)),
  );
});

test('an edit that changes a doubtful text as well is no safe one for any of them', async () => {
  const script = '#!/bin/sh\n/run/torcx/bin/zfs list\n';
  const files = [
    { path: '/opt/a.sh', contents: { source: `data:,${encodeURIComponent(script)}` } },
  ];
  const units = [{ name: 'a.service', contents: UNIT }];
  const config = { ignition: { version: '3.3.0' }, storage: { files }, systemd: { units } };
  const { findings } = await auditFiles({ '/srv/a.ign': JSON.stringify(config) });
  expect(findings.map(({ fix }) => fix?.safety)).toEqual(['unsafe', 'unsafe', 'unsafe']);
});

test('provisioned files of Torcx are told at their paths, addresses and contents', async () => {
  const profile =
    '{"kind": "profile-manifest-v0", "value": {"images": [{"name": "a", "reference": "1"}]}}';
  const text = `variant: flatcar
storage:
  files:
    - path: /etc/torcx/next-profile
      contents: {inline: mine}
    - path: /etc/torcx/profiles/mine.json
      contents:
        inline: '${profile}'
    - path: /var/lib/torcx/store/b:2.torcx.tgz
      contents:
        source: https://x.example/b%3A2.torcx.tgz
    - path: /etc/flatcar/docker-1.12
    - path: /etc/systemd/system-generators/torcx-generator
  links:
    - path: /etc/systemd/system/a.target.wants/c.service
      target: /run/systemd/system/c.service
`;
  expect(summary(await auditFiles({ '/srv/a.bu': text }))).toEqual([
    '4 TX401 warning',
    '6 TX401 error',
    '8 TX102 error',
    '9 TX401 error',
    '11 TX401 error',
    '12 TX401 warning',
    '13 TX501 info',
    '16 TX503 warning',
  ]);
});
