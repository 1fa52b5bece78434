import { describe, expect, test } from 'vitest';
import { auditFiles, type NodeFiles, summary } from '../../support/audit-files.ts';

const UNIT = '/etc/systemd/system/pilot.service';
const profile = (...images: readonly (readonly [string, string])[]) => {
  const value = { images: images.map(([name, reference]) => ({ name, reference })) };
  return JSON.stringify({ kind: 'profile-manifest-v0', value }, null, 1);
};

describe('what Torcx would have done', () => {
  const store = '/var/lib/torcx/store/';
  const active: NodeFiles = {
    '/etc/torcx/next-profile': 'mine\n',
    '/etc/torcx/profiles/mine.json': profile(['a', '1'], ['docker', 'com.coreos.cl']),
    '/etc/torcx/profiles/other.json': profile(['b', '2']),
  };

  test('images of the active profile are errors, with the command for the file that was taken', async () => {
    const files = {
      ...active,
      [`${store}a:1.torcx.tgz`]: '\0',
      [`${store}3033.2.4/a:1.torcx.tgz`]: '\0',
      [`${store}3033.2.4/a:1.torcx.squashfs`]: '\0',
      [`${store}c:3.torcx.tgz`]: '\0',
    };
    const result = await auditFiles(files);
    expect(summary(result, true)).toEqual([
      '/etc/torcx/next-profile - TX101 warning',
      '/etc/torcx/profiles/mine.json 5 TX102 error',
      '/etc/torcx/profiles/other.json - TX102 warning',
      `${store}3033.2.4/a:1.torcx.squashfs - TX105 error`,
      `${store}3033.2.4/a:1.torcx.tgz - TX105 warning`,
      `${store}a:1.torcx.tgz - TX105 warning`,
      `${store}c:3.torcx.tgz - TX105 warning`,
    ]);
    const commands = result.findings.filter(({ severity }) => severity === 'error');
    const command = `torcx2sysext ${store}3033.2.4/a:1.torcx.squashfs a`;
    expect(commands.map(({ fix }) => fix?.description)).toEqual([command, command]);
  });

  test('an empty reference of the upper profile takes an image of a lower one away', async () => {
    const files = {
      '/usr/share/oem/torcx/profiles/oem.json': profile(['a', '1']),
      '/etc/torcx/next-profile': 'mine',
      '/etc/torcx/profiles/mine.json': profile(['a', '']),
      [`${store}a:1.torcx.tgz`]: '\0',
    };
    expect(summary(await auditFiles(files), true)).toContain(
      `${store}a:1.torcx.tgz - TX105 warning`,
    );
  });

  test('the switch of old times chooses another profile of Flatcar', async () => {
    const files = {
      '/usr/share/torcx/profiles/vendor.json': profile(['a', '1']),
      '/usr/share/torcx/profiles/docker-1.12-no.json': profile(['a', '2']),
      [`${store}a:1.torcx.tgz`]: '\0',
      [`${store}a:2.torcx.tgz`]: '\0',
    };
    const taken = async (switched: NodeFiles) =>
      summary(await auditFiles({ ...files, ...switched }), true).filter(line =>
        line.endsWith('TX105 error'),
      );
    expect(await taken({})).toEqual([`${store}a:1.torcx.tgz - TX105 error`]);
    expect(await taken({ '/etc/flatcar/docker-1.12': 'no\n' })).toEqual([
      `${store}a:2.torcx.tgz - TX105 error`,
    ]);
    // A profile that is not there cannot be chosen.
    expect(await taken({ '/etc/flatcar/docker-1.12': 'yes\n' })).toEqual([
      `${store}a:1.torcx.tgz - TX105 error`,
    ]);
  });

  test('a store that could not be read is not said to be empty', async () => {
    const { findings } = await auditFiles(
      { '/etc/torcx/next-profile': 'mine', '/etc/torcx/profiles/mine.json': profile(['a', '1']) },
      {
        async *readContext() {
          const path = '/var/lib/torcx';
          const place = { path, nodePath: path, diskPath: path, nodeRoot: '' };
          yield { ...place, kind: 'unreadable', reason: 'permission denied' };
        },
      },
    );
    expect(findings.map(({ fix }) => fix?.description)).toContain(
      'torcx2sysext a:1.torcx.tgz a (it is in no store that could be read)',
    );
  });

  test('an own Docker needs the built-in one masked', async () => {
    const files = {
      '/etc/torcx/next-profile': 'mine',
      '/etc/torcx/profiles/mine.json': profile(['docker', '19.03']),
    };
    expect(summary(await auditFiles(files))).toContain('- TX502 error');
    const masks = Object.fromEntries(
      ['docker', 'containerd'].map(name => [
        `/etc/extensions/${name}-flatcar.raw`,
        { link: '/dev/null' },
      ]),
    );
    expect(summary(await auditFiles({ ...files, ...masks }))).not.toContain('- TX502 error');
  });

  test('a broken profile is a finding, and the audit is incomplete', async () => {
    const result = await auditFiles({ '/etc/torcx/profiles/a.json': '{\n "kind": ,' });
    expect(summary(result)).toContain('2 TX106 error');
    expect(result.unparsed).toEqual([
      { path: '/etc/torcx/profiles/a.json', reason: '2:10 expected a value' },
    ]);
  });
});

test('on a release with Torcx nothing of it is broken', async () => {
  const files = {
    [UNIT]: '[Service]\nEnvironmentFile=/run/metadata/torcx\n',
    '/etc/extensions/a-1.2.3.raw': '\0',
  };
  const summaryAt = async (targetVersion: string) =>
    summary(await auditFiles(files, { targetVersion }));
  expect(await summaryAt('3794.0.0')).toEqual(['- TX504 warning', '2 TX201 error']);
  expect(await summaryAt('3760.2.0')).toEqual(['- TX504 warning']);
  expect(await summaryAt('3139.2.3')).toEqual([]);
});

describe('ignores', () => {
  test('a comment above silences the whole setting, and its reason is kept', async () => {
    const text =
      '[Service]\n# torcx2sysext: ignore[TX206] old line\nExecStart=/usr/bin/a \\\n  /run/torcx/bin/b\n';
    const { findings, suppressed } = await auditFiles({ [UNIT]: text });
    expect(findings).toEqual([]);
    expect(suppressed.map(({ finding, reason }) => [finding.line, reason])).toEqual([
      [4, 'old line'],
    ]);
  });

  test('ignore-file silences a file, one rule of a unit leaves the others their fix', async () => {
    const body = '[Service]\nEnvironmentFile=/run/metadata/torcx\nExecStart=/run/torcx/bin/ctr\n';
    const whole = await auditFiles({ [UNIT]: `# torcx2sysext: ignore-file[TX2] all\n${body}` });
    expect([whole.findings.length, whole.suppressed.length]).toEqual([0, 2]);
    const one = await auditFiles({ [UNIT]: `# torcx2sysext: ignore-file[TX201]\n${body}` });
    expect(one.findings.map(({ fix }) => fix?.edits)).toEqual([
      [{ startLine: 4, endLine: 4, text: 'ExecStart=/usr/bin/ctr\n' }],
    ]);
  });

  test('what is silenced is in the order of the lines, not of the rules', async () => {
    const text = `# torcx2sysext: ignore-file[TX2]
[Service]
ExecStart=/run/torcx/bin/ctr
EnvironmentFile=/run/metadata/torcx
`;
    const { suppressed } = await auditFiles({ [UNIT]: text });
    expect(suppressed.map(({ finding: { line, ruleId } }) => [line, ruleId])).toEqual([
      [3, 'TX206'],
      [4, 'TX201'],
    ]);
  });

  test('of two that silence the same finding neither is said to silence nothing', async () => {
    const text = `# torcx2sysext: ignore-file[TX2]
[Unit]
# torcx2sysext: ignore[TX203]
After=torcx.target
`;
    const { findings, suppressed } = await auditFiles({ [UNIT]: text });
    expect([findings, suppressed.length]).toEqual([[], 1]);
  });

  test('one that silences nothing is said, unless rules are left out', async () => {
    const files = { [UNIT]: '# torcx2sysext: ignore-file[TX201]\n[Unit]\nAfter=torcx.target\n' };
    expect(summary(await auditFiles(files))).toEqual(['1 TX901 info', '3 TX203 warning']);
    expect(summary(await auditFiles(files, { select: ['TX2'] }))).toEqual(['3 TX203 warning']);
    expect(summary(await auditFiles(files, { useIgnores: false }))).toEqual(['3 TX203 warning']);
  });

  test('a comment counts within an encoded text as well', async () => {
    const unit =
      '# torcx2sysext: ignore-file[TX201] x\n[Service]\nEnvironmentFile=/run/metadata/torcx\n';
    const content = Buffer.from(unit).toString('base64');
    const text = `#cloud-config\nwrite_files:\n- path: ${UNIT}\n  encoding: b64\n  content: ${content}\n`;
    const { findings, suppressed } = await auditFiles({ '/srv/user_data': text });
    expect([findings.length, suppressed.length]).toEqual([0, 1]);
  });
});

test('select and ignore take beginnings of identifiers', async () => {
  const files = { [UNIT]: '[Unit]\nAfter=torcx.target\nRequires=torcx.target\n' };
  expect(summary(await auditFiles(files, { select: ['TX2'], ignore: ['TX203'] }))).toEqual([
    '3 TX202 error',
  ]);
});

test('what cannot be judged is counted and said', async () => {
  const result = await auditFiles({ '/usr/bin/a': '\x7fELF\0torcx', '/etc/a': 'clean\n' });
  expect(result.files).toBe(2);
  expect(result.skipped).toEqual([{ path: '/usr/bin/a', reason: 'a binary file' }]);
});

test('a fix changes the uses of a variable that it takes away, and no comment or pattern', async () => {
  const lines = [
    '#!/bin/sh',
    '# was $TORCX_UNPACKDIR/docker',
    'D=$TORCX_UNPACKDIR/docker',
    '$D/bin/runc --version',
    "grep -r '/run/torcx/bin' /etc",
  ];
  const { findings } = await auditFiles({ '/opt/bin/a': `${lines.join('\n')}\n` });
  expect(findings.map(({ fix }) => fix?.edits)).toEqual([
    [
      { startLine: 3, endLine: 3, text: '' },
      { startLine: 4, endLine: 4, text: '/usr/bin/runc --version\n' },
    ],
  ]);
});

test.each([
  [
    'a mount from Torcx',
    '/etc/systemd/system/run-x.mount',
    '[Mount]\nWhat=/run/torcx/bin/docker\n',
  ],
  [
    'a file changed in place, which is read-only now',
    '/opt/a.sh',
    '#!/bin/sh\nsed -i s/a/b/ /run/torcx/unpack/docker/usr/share/containerd/config.toml\n',
  ],
])('no edit is offered where the new path alone would not do: %s', async (_, path, text) => {
  const { findings } = await auditFiles({ [path]: text });
  expect(findings.map(({ fix }) => [fix?.safety, fix?.edits])).toEqual([['manual', undefined]]);
});

test('invalid UTF-8 survives a fix', async () => {
  const bytes = Buffer.from(
    '# caf\xe9\n[Unit]\nDescription=\xe9\nAfter=torcx.target a.service\n',
    'latin1',
  );
  const { findings } = await auditFiles({ [UNIT]: bytes });
  expect(findings.map(({ fix }) => fix?.edits)).toEqual([
    [{ startLine: 4, endLine: 4, text: 'After=a.service\n' }],
  ]);
});

/** Four times the text may take four times the processor's time and some noise; quadratic work would take sixteen. */
test.each([
  ['a unit', UNIT, '[Service]\n', 'ExecStart=/run/torcx/bin/a\n'],
  ['one line', '/etc/a.conf', '', '/run/torcx/bin/a '],
  ['nested quotes', '/a.sh', '#!/bin/sh\n', '"$(`/run/torcx/bin/a'],
  ['nested blocks', '/a.sh', '#!/bin/sh\n', 'if [ -x /run/torcx/bin/a ]; then\n'],
  ['lines of base64', '/etc/a.conf', '# torcx\n', `${'QUJD'.repeat(16)}\n`],
  ['lines of base64 that are no text', '/etc/a.conf', '# torcx\n', `${'gIGC'.repeat(16)}\n`],
  ['literals without an end', '/a.go', '// torcx\n', '\\"[Unit]\\n'],
  ['blank lines', '/a.sh', '#!/bin/sh\n/run/torcx/bin/a\n', ' \n'.repeat(8)],
  ['a search path', '/etc/a.conf', 'PATH="', '/run/torcx/bin:'],
  ['variables', '/a.sh', '#!/bin/sh\n', 'X=/run/torcx/bin/a; $X\n'],
  ['tasks', '/a.yml', '', '- stat: {path: /run/torcx/x}\n  register: a\n  when: a.stat.exists\n'],
  ['nested terraform', '/a.tf', '', 'a {\n path = "/etc/torcx/x"\n'],
])('time is linear: %s', async (_, path, head, piece) => {
  const time = async (count: number) => {
    const text = head + piece.repeat(count);
    const start = process.cpuUsage();
    await auditFiles({ [path]: text });
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
  await time(500);
  const short = await time(2000);
  expect(await time(8000)).toBeLessThan(Math.max(short * 10, 300));
});

describe('a line of any length', () => {
  const many = Array.from({ length: 3000 }, (_, index) => `/run/torcx/bin/tool-${index}`);

  test('is not repeated for each of its findings', async () => {
    const path = '/etc/agent.json';
    const text = JSON.stringify({ filler: 'x '.repeat(500), tools: many });
    const { findings } = await auditFiles({ [path]: text });
    expect(findings).toHaveLength(many.length);
    for (const { fix, snippet = '' } of findings) {
      expect(fix?.description).toMatch(/^write ….*"\/usr\/bin\/tool-0",.*…$/);
      expect(fix?.description.length).toBeLessThan(500);
      expect(snippet.length).toBeLessThan(1000);
    }
  });

  test('of a script is one command, whose words are judged each by itself', async () => {
    const path = '/opt/bin/x.sh';
    const text = `#!/bin/sh\nPATH=/run/torcx/bin sudo -E install ${many.join(' ')} > /run/torcx/log\n`;
    const { findings } = await auditFiles({ [path]: text });
    expect(findings).toHaveLength(many.length + 2);
    expect(new Set(findings.map(({ ruleId }) => ruleId))).toEqual(new Set(['TX206', 'TX302']));
  });
});
