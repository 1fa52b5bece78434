import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseUnitFile } from '../../src/analyze/unit-file.ts';
import type { RewriteContext } from '../../src/rewrite/rewrite-context.ts';
import { rewriteUnit } from '../../src/rewrite/rewrite-unit.ts';
import { sampleContext } from './rewrite-sample.ts';

function rewrite(text: string, context: RewriteContext = sampleContext()) {
  const result = rewriteUnit(parseUnitFile(text), context);
  const again = rewriteUnit(parseUnitFile(result.text), context);
  expect(again.text).toBe(result.text);
  expect(again.edits).toEqual([]);
  return result;
}

/** Nothing of Torcx may be left. */
function check(before: string, after: string): void {
  const result = rewrite(before);
  expect(result.text).toBe(after);
  expect(result.leftovers).toEqual([]);
  expect(result.text).not.toMatch(/torcx\.target|\/run\/torcx|\/run\/metadata\/torcx|TORCX_/);
}

/** One line before and after, within a [Service] section. `undefined`: the line goes. */
function checkLine(before: string, after: string | undefined): void {
  check(`[Service]\n${before}\n`, after === undefined ? '[Service]\n' : `[Service]\n${after}\n`);
}

describe('stock units', () => {
  test('a service as the build of the image made it', () => {
    check(
      `[Unit]
Requires=torcx.target
After=torcx.target
Description=Pool daemon
After=network.target

[Service]
EnvironmentFile=/run/metadata/torcx
Environment=TORCX_IMAGEDIR=/zfs
Environment=ZFS_CONFIG=/usr/share/zfs/zfs.toml
# Load what is missing
ExecStartPre=-/sbin/modprobe zfs
ExecStart=/usr/bin/env PATH=\${TORCX_BINDIR}:\${PATH} \${TORCX_BINDIR}/zfsd --config \${TORCX_UNPACKDIR}\${TORCX_IMAGEDIR}\${ZFS_CONFIG}
Restart=always

[Install]
WantedBy=multi-user.target
`,
      `[Unit]
Description=Pool daemon
After=network.target

[Service]
Environment=ZFS_CONFIG=/usr/share/zfs/zfs.toml
# Load what is missing
ExecStartPre=-/sbin/modprobe zfs
ExecStart=/usr/bin/zfsd --config \${ZFS_CONFIG}
Restart=always

[Install]
WantedBy=multi-user.target
`,
    );
  });

  test('a mount without a [Service] section', () => {
    check(
      '[Unit]\nRequires=torcx.target local-fs.target\n[Mount]\nWhat=/run/torcx/unpack/zfs/opt/cni\nWhere=/opt/x\nOptions=bind\n',
      '[Unit]\nRequires=local-fs.target\n[Mount]\nWhat=/opt/cni\nWhere=/opt/x\nOptions=bind\n',
    );
  });

  test('line ends, a missing last one and a byte order mark stay', () => {
    check(
      '\ufeff[Unit]\r\nRequires=torcx.target\r\nAfter=a \\\r\n  torcx.target\r\n\r\n[Path]\r\nPathExists=/run/torcx/bin/zfsd',
      '\ufeff[Unit]\r\nAfter=a\r\n\r\n[Path]\r\nPathExists=/usr/bin/zfsd',
    );
  });
});

describe('dependency lists', () => {
  test.each([
    ['Requires=torcx.target', undefined],
    ['After=torcx.target docker.socket', 'After=docker.socket'],
    ['After=a  torcx.target   b', 'After=a  b'],
    ['After=a torcx.target', 'After=a'],
    ['After = torcx.target torcx.target', undefined],
    ['After=a \\\n    torcx.target \\\n    b', 'After=a \\\n    b'],
    ['After=a \\\n# why\n    torcx.target', 'After=a\\\n# why\n'],
    ['BindsTo="torcx.target" a', 'BindsTo=a'],
    ['PropagatesReloadTo=torcx.target', undefined],
    ['WantedBy=torcx.target multi-user.target', 'WantedBy=multi-user.target'],
    ['RequiresMountsFor=/run/torcx /var/lib/zfs', 'RequiresMountsFor=/var/lib/zfs'],
    ['ReadOnlyPaths=-/run/torcx/unpack', undefined],
  ])('%s', checkLine);
});

describe('the seal within a command', () => {
  test.each([
    [
      "ExecStart=/bin/bash -c 'source /run/metadata/torcx && exec $${TORCX_BINDIR}/zfsd'",
      "ExecStart=/bin/bash -c ': && exec /usr/bin/zfsd'",
    ],
    ['ExecReload=/bin/sh -c ". /run/metadata/torcx; kill 1"', 'ExecReload=/bin/sh -c ":; kill 1"'],
  ])('%s', checkLine);

  test('stays where something of it is still needed: the command is better off where it fails', () => {
    const text = "[Service]\nExecStop=/bin/sh -c '. /run/metadata/torcx; ls $$TORCX_UNPACKDIR'\n";
    expect(rewrite(text).text).toBe(text);
  });
});

describe('environment', () => {
  test.each([
    ['EnvironmentFile=/run/metadata/torcx', undefined],
    ['EnvironmentFile=-/run/metadata/torcx', undefined],
    ['EnvironmentFile="/var/run/metadata/torcx"', undefined],
    ['Environment=TORCX_IMAGEDIR=/zfs', undefined],
    ['Environment=A=1 TORCX_IMAGEDIR=/zfs "B=2 3"', 'Environment=A=1 "B=2 3"'],
    ['Environment="A=1 2" "TORCX_VERBOSE=debug"', 'Environment="A=1 2"'],
    ['Environment=TORCX_UNPACKDIR=/run/torcx/unpack', undefined],
    ['PassEnvironment=TORCX_BINDIR HOME', 'PassEnvironment=HOME'],
    ['UnsetEnvironment=TORCX_BINDIR=/x', undefined],
    ['Environment="PATH=/run/torcx/bin:/opt/bin:/usr/bin"', 'Environment="PATH=/opt/bin:/usr/bin"'],
    ['Environment=PATH=/opt/bin:/run/torcx/unpack/zfs/bin/', 'Environment=PATH=/opt/bin:/usr/bin/'],
    [
      'Environment=LD_LIBRARY_PATH=/run/torcx/unpack/zfs/lib',
      'Environment=LD_LIBRARY_PATH=/usr/lib',
    ],
    ['ExecSearchPath=/run/torcx/bin:/usr/bin', 'ExecSearchPath=/usr/bin'],
  ])('%s', checkLine);

  test('a variable behind the unpack directory follows its file', () => {
    check(
      '[Service]\nEnvironment=C=/etc/zfs.conf D=1\nExecStart=/bin/a ${TORCX_UNPACKDIR}/zfs${C}\n',
      '[Service]\nEnvironment=C=/usr/share/zfs/etc/zfs.conf D=1\nExecStart=/bin/a ${C}\n',
    );
  });

  test('a variable that is used elsewhere too keeps its value', () => {
    check(
      '[Service]\nEnvironment=C=/etc/zfs.conf\nExecStart=/bin/a ${C} ${TORCX_UNPACKDIR}/zfs${C}\n',
      '[Service]\nEnvironment=C=/etc/zfs.conf\nExecStart=/bin/a ${C} /usr/share/zfs/etc/zfs.conf\n',
    );
  });

  test('a directory in a variable is resolved where it is used', () => {
    check(
      '[Service]\nEnvironment=Z=/run/torcx/unpack/zfs A=1\nExecStart=/bin/a ${Z}/sbin/zpool $Z/lib/modules\n',
      '[Service]\nEnvironment=A=1\nExecStart=/bin/a /usr/sbin/zpool /usr/lib/modules\n',
    );
  });

  test.each([
    ['in the unit of the drop-in', { C: '/usr/share/zfs/zfs.toml' }, []],
    ['elsewhere', { C: '/etc/other.toml' }, [expect.stringContaining('not in the image')]],
    ['nowhere', {}, [expect.stringContaining('set elsewhere')]],
  ])('the value of a variable is %s', (_, environment, notes) => {
    const text = '[Service]\nExecStart=/bin/a ${TORCX_UNPACKDIR}${TORCX_IMAGEDIR}${C}\n';
    const result = rewrite(text, sampleContext(environment));
    expect(result.text).toBe('[Service]\nExecStart=/bin/a ${C}\n');
    expect(result.notes.map(({ message }) => message)).toEqual(notes);
  });
});

describe('command lines', () => {
  test.each([
    [
      'ExecStart=/usr/bin/env PATH=${TORCX_BINDIR}:${PATH} ${TORCX_BINDIR}/zfsd -x',
      'ExecStart=/usr/bin/zfsd -x',
    ],
    [
      'ExecStart=-/usr/bin/env "PATH=${TORCX_BINDIR}:${PATH}" ${TORCX_BINDIR}/zfsd',
      'ExecStart=-/usr/bin/zfsd',
    ],
    ['ExecStart=+:/bin/env ${TORCX_BINDIR}/zfsd', 'ExecStart=+:/usr/bin/zfsd'],
    [
      'ExecStart=/usr/bin/env PATH=$TORCX_BINDIR:$PATH zpool import',
      'ExecStart=/usr/bin/zpool import',
    ],
    [
      'ExecStart=/usr/bin/env PATH=/run/torcx/bin:${PATH} other x',
      'ExecStart=/usr/bin/env other x',
    ],
    [
      'ExecStart=/usr/bin/env PATH=${TORCX_BINDIR}:/opt/bin other',
      'ExecStart=/usr/bin/env PATH=/usr/bin:/opt/bin other',
    ],
    [
      'ExecStart=/usr/bin/env PATH=${TORCX_BINDIR}:/opt/bin:${PATH} zpool',
      'ExecStart=/usr/bin/env PATH=/opt/bin:${PATH} /usr/bin/zpool',
    ],
    [
      'ExecStart=/usr/bin/env A=1 PATH=${TORCX_BINDIR}:${PATH} B=2 ${TORCX_BINDIR}/zfsd',
      'ExecStart=/usr/bin/env A=1 B=2 /usr/bin/zfsd',
    ],
    [
      'ExecStart=/usr/bin/env -i PATH=${TORCX_BINDIR} zpool',
      'ExecStart=/usr/bin/env -i PATH=/usr/bin zpool',
    ],
    [
      'ExecStart=/usr/bin/env PATH=${TORCX_BINDIR}:${PATH} /bin/true ; ${TORCX_BINDIR}/zfsd',
      'ExecStart=/bin/true ; /usr/bin/zfsd',
    ],
    ['ExecStart=@/run/torcx/bin/zfsd daemon', 'ExecStart=@/usr/bin/zfsd daemon'],
    [
      "ExecStart=/bin/sh -c 'exec /run/torcx/unpack/zfs/sbin/zpool --a'",
      "ExecStart=/bin/sh -c 'exec /usr/sbin/zpool --a'",
    ],
    [
      "ExecStart=/bin/sh -c 'PATH=$$TORCX_BINDIR:$$PATH zpool'",
      "ExecStart=/bin/sh -c 'PATH=$$PATH zpool'",
    ],
    [
      'ExecStart=-/sbin/insmod ${TORCX_UNPACKDIR}/zfs/lib/modules/%v/x.ko',
      'ExecStart=-/sbin/insmod /usr/lib/modules/%v/x.ko',
    ],
    ['ExecStart=/bin/a -v ${TORCX_BINDIR}:/b', 'ExecStart=/bin/a -v /usr/bin:/b'],
    [
      'ExecStart=/usr/bin/env PATH=${TORCX_BINDIR}:${PATH} \\\n  ${TORCX_BINDIR}/zfsd \\\n  --x',
      'ExecStart=/usr/bin/zfsd \\\n  --x',
    ],
    [
      'LoadCredential=c:/run/torcx/unpack/zfs/etc/zfs.conf',
      'LoadCredential=c:/usr/share/zfs/etc/zfs.conf',
    ],
    ['BindReadOnlyPaths=/run/torcx/unpack/zfs/lib:/l', 'BindReadOnlyPaths=/usr/lib:/l'],
  ])('%s', checkLine);

  test('a program of another image is taken to be in /usr/bin, and said', () => {
    const result = rewrite('[Service]\nExecStart=${TORCX_BINDIR}/docker\n');
    expect(result.text).toBe('[Service]\nExecStart=/usr/bin/docker\n');
    expect(result.notes).toEqual([
      { line: 2, message: expect.stringContaining('docker is no program') },
    ]);
  });
});

test('a directory of the whole system that a unit gets has a note', () => {
  const { notes } = rewrite(
    '[Service]\nBindReadOnlyPaths=/run/torcx/unpack/zfs/lib:/l\nBindPaths=/run/torcx/unpack/zfs/opt/cni\n',
  );
  expect(notes).toEqual([{ line: 2, message: expect.stringContaining('whole system') }]);
});

describe('conditions', () => {
  test.each([
    ['ConditionPathExists=/run/metadata/torcx', undefined],
    ['AssertPathExists=/run/torcx/profile.json', undefined],
    ['ConditionPathIsDirectory=${TORCX_UNPACKDIR}/zfs', undefined],
    ['ConditionPathExists=|/run/metadata/torcx', undefined],
    ['ConditionPathIsDirectory=/run/torcx/unpack/', undefined],
    ['AssertDirectoryNotEmpty=/run/torcx/unpack/zfs', undefined],
    ['ConditionPathIsMountPoint=/run/torcx/unpack', undefined],
    ['ConditionPathIsReadWrite=/run/torcx', undefined],
    ['ConditionPathIsReadWrite=/run/torcx/bin', undefined],
    ['ConditionFileNotEmpty=/run/metadata/torcx', undefined],
    ['ConditionPathIsSymbolicLink=/run/torcx/bin/zfsd', undefined],
    ['AssertPathIsSymbolicLink=|${TORCX_BINDIR}/zfsd', undefined],
    ['ConditionPathIsDirectory=/run/torcx/bin', 'ConditionPathIsDirectory=/usr/bin'],
    [
      'AssertPathIsDirectory=/run/torcx/unpack/zfs/lib/modules',
      'AssertPathIsDirectory=/usr/lib/modules',
    ],
    ['ConditionPathIsReadWrite=!/run/torcx/unpack/zfs/lib', 'ConditionPathIsReadWrite=!/usr/lib'],
    ['ConditionPathExistsGlob=/run/torcx/bin/z*', 'ConditionPathExistsGlob=/usr/bin/z*'],
    ['ConditionPathExists=!/run/torcx/bin/zfsd', 'ConditionPathExists=!/usr/bin/zfsd'],
    [
      'ConditionFileIsExecutable=/run/torcx/unpack/zfs/sbin/zpool',
      'ConditionFileIsExecutable=/usr/sbin/zpool',
    ],
  ])('%s', checkLine);
});

describe('comments and junk', () => {
  test.each([
    ['# needs torcx.target\nA=1', 'A=1'],
    ['; TORCX_* come from the seal\nA=1', 'A=1'],
    ['# calls ${TORCX_BINDIR}/zfsd', '# calls /usr/bin/zfsd'],
    ['torcx.target\nA=1', 'A=1'],
    ['junk \\\n  torcx.target\nA=1', 'A=1'],
    ['A=1 \\\n# torcx.target\n  2', 'A=1 \\\n  2'],
    ['A=1 \\\n# ${TORCX_BINDIR}\n  /run/torcx/bin/zfsd', 'A=1 \\\n# /usr/bin\n  /usr/bin/zfsd'],
  ])('%s', checkLine);
});

describe('what cannot be rewritten is said', () => {
  test.each([
    [
      'ExecStart=/bin/a ${TORCX_UNPACKDIR}/$X',
      '${TORCX_UNPACKDIR}',
      'name of the image is computed',
    ],
    ['ExecStart=/bin/a /run/torcx/unpack', '/run/torcx/unpack', 'all unpacked images'],
    ['ExecStart=/bin/a /run/torcx/unpack/zfs', '/run/torcx/unpack/zfs', 'several places'],
    [
      'ExecStart=/bin/a /run/torcx/unpack/docker/bin/x',
      '/run/torcx/unpack/docker/bin/x',
      'another image, docker',
    ],
    [
      'ExecStart=/bin/a /run/torcx/unpack/zfs/srv/x',
      '/run/torcx/unpack/zfs/srv/x',
      'not in the image',
    ],
    ['ExecStart=/bin/a ${TORCX_BINDIR#/run}', '${TORCX_BINDIR#/run}', 'run time'],
    ['ExecStart=/bin/echo ${TORCX_UPPER_PROFILE}', '${TORCX_UPPER_PROFILE}', 'systemd-sysext list'],
    ['ExecStart=/bin/a -v /run/torcx:/run/t', '/run/torcx', 'no successor'],
    ['ExecStart=/bin/systemctl start torcx.target', 'torcx.target', 'does not exist'],
    ['ConditionPathExists=!/run/metadata/torcx', '/run/metadata/torcx', 'always holds now'],
    ['AssertPathIsSymbolicLink=!/run/torcx/bin/zfsd', '/run/torcx/bin/zfsd', 'always holds now'],
    ['ConditionPathIsSymbolicLink=/run/torcx/bin/other', '/run/torcx/bin/other', 'another answer'],
    ['ConditionPathIsReadWrite=/run/torcx/unpack/zfs', '/run/torcx/unpack/zfs', 'several places'],
    ['ConditionPathIsSymbolicLink=/run/torcx', '/run/torcx', 'no successor'],
    ['ConditionPathIsDirectory=/run/metadata/torcx', '/run/metadata/torcx', 'does not exist'],
    ['ConditionFileIsExecutable=/run/metadata/torcx', '/run/metadata/torcx', 'does not exist'],
    ['ExecStart=/bin/cat ../run/torcx/bin/zfsd', '/run/torcx/bin/zfsd', 'relative'],
  ])('%s', (line, text, reason) => {
    const result = rewrite(`[Service]\n${line}\n`);
    const column = line.indexOf(text) + 1;
    expect(result.text).toContain(line);
    expect(result.leftovers).toEqual([
      {
        line: 2,
        column,
        text,
        reason: expect.stringContaining(reason),
        advice: expect.any(String),
        inComment: false,
      },
    ]);
  });

  test('TORCX_IMAGEDIR stays while something uses it', () => {
    const text =
      '[Service]\nEnvironment=TORCX_IMAGEDIR=/zfs\nExecStart=/bin/a ${TORCX_IMAGEDIR}/x\n';
    expect(rewrite(text).text).toBe(text);
  });

  test('a note tells that a missing file goes where its directory went', () => {
    const result = rewrite('[Service]\nExecStart=/bin/a /run/torcx/unpack/zfs/usr/share/none\n');
    expect(result.text).toContain('/bin/a /usr/share/none');
    expect(result.notes).toEqual([{ line: 2, message: 'usr/share/none is not in the image' }]);
  });
});

test('every edit has the line, both texts and the reason', () => {
  const result = rewrite('[Unit]\nRequires=torcx.target\nAfter=a \\\n torcx.target\n');
  expect(result.edits).toEqual([
    { line: 2, before: 'Requires=torcx.target', because: 'torcx.target does not exist any more' },
    {
      line: 3,
      before: 'After=a \\\n torcx.target',
      after: 'After=a',
      because: 'torcx.target does not exist any more',
    },
  ]);
});

const OWN = [
  '[Unit]',
  '[Service]',
  'After=a b',
  'ExecStart=/bin/a \\',
  '  $X ${Y}',
  '# c',
  '',
  'junk',
  'Environment=A=1',
];
const TORCX = [
  ...[
    'Requires=torcx.target',
    'After=a torcx.target',
    '# torcx.target',
    'EnvironmentFile=/run/metadata/torcx',
  ],
  ...[
    'ExecStart=/usr/bin/env PATH=${TORCX_BINDIR}:${PATH} ${TORCX_BINDIR}/zfsd',
    '  ${TORCX_BINDIR} \\',
  ],
  ...[
    'Environment=TORCX_IMAGEDIR=/zfs B=2',
    'A=$TORCX_UNPACKDIR/$Q',
    'ExecStart=/run/torcx/bin \\',
    'A="/run/torcx/bin"/x',
  ],
];

test('only settings with a reference change, and rewriting again changes nothing', () => {
  const lines = fc.array(fc.constantFrom(...OWN, ...TORCX), { maxLength: 20 });
  fc.assert(
    fc.property(lines, fc.constantFrom('\n', '\r\n'), (parts, eol) => {
      const text = parts.map(line => line + eol).join('');
      const result = rewrite(text);
      for (const { before } of result.edits) expect(before).toMatch(/torcx|TORCX_/);
      // The edits, applied to the text's own lines, are the result: no line changes without an edit.
      const replayed = text.split(eol);
      for (const { line, before, after } of result.edits.toReversed()) {
        const count = before.split(eol).length;
        expect(replayed.slice(line - 1, line - 1 + count).join(eol)).toBe(before);
        replayed.splice(line - 1, count, ...(after === undefined ? [] : [after]));
      }
      expect(replayed.join(eol)).toBe(result.text);
    }),
    { numRuns: 300 },
  );
});

describe('commands that linked a file to where it is read', () => {
  const link = `/bin/ln -fs \${TORCX_UNPACKDIR}/zfs/etc/udev/rules.d/69-vdev.rules /run/udev/rules.d/`;

  test('go', () => {
    checkLine(`ExecStartPre=-${link}\nExecStart=/usr/bin/x`, 'ExecStart=/usr/bin/x');
    checkLine(`ExecStart=${link}\nExecStart=/usr/bin/x`, 'ExecStart=/usr/bin/x');
  });

  test('leave a service its only command', () => {
    checkLine(`ExecStart=${link}`, 'ExecStart=/usr/bin/true');
  });

  test('stay where they link something else', () => {
    checkLine(
      'ExecStart=/bin/ln -s ${TORCX_UNPACKDIR}/zfs/etc/zfs.conf /run/zfs.conf',
      'ExecStart=/bin/ln -s /usr/share/zfs/etc/zfs.conf /run/zfs.conf',
    );
    checkLine(
      `ExecStartPre=${link} /etc/other/`,
      'ExecStartPre=/bin/ln -fs /usr/lib/udev/rules.d/69-vdev.rules /run/udev/rules.d/ /etc/other/',
    );
  });
});
