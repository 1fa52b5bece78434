import { expect, test } from 'vitest';
import { auditFiles, type NodeFiles } from '../../support/audit-files.ts';

/** What a finding tells an operator: its message, or the command that mends it. */
const cases: readonly [string, NodeFiles, string][] = [
  [
    'a setting that a drop-in takes back',
    {
      '/etc/systemd/system/a.service': '[Service]\nEnvironmentFile=/run/metadata/torcx\n',
      '/etc/systemd/system/a.service.d/1.conf': '[Service]\nEnvironmentFile=\n',
    },
    'systemd does not use this setting: a later one takes it back, or its file is masked or hidden by another',
  ],
  [
    'a setting that is misspelt',
    { '/etc/systemd/system/a.service': '[Service]\nexecstart=/run/torcx/bin/a\n' },
    'systemd knows no setting of this name, and passes over it',
  ],
  [
    'a mount of a container',
    { '/etc/systemd/nspawn/a.nspawn': '[Files]\nBind=/run/torcx/unpack/a/lib:/lib\n' },
    '/run/torcx/unpack/a/lib does not exist any more, and the container does not start',
  ],
  [
    'a mount of a unit',
    { '/etc/systemd/system/a.service': '[Service]\nBindPaths=/run/torcx/unpack/a/lib:/lib\n' },
    '/run/torcx/unpack/a/lib does not exist any more, and the unit fails at its mounts (226/NAMESPACE)',
  ],
  [
    'a program that is run in the mounts of the node, and no mount itself',
    { '/srv/a.yaml': 'command: ["nsenter", "--mount", "--", "/run/torcx/bin/ctr", "ls"]\n' },
    '/run/torcx/bin/ctr does not exist any more',
  ],
  [
    'the seal as the input of a command',
    { '/opt/a.sh': '#!/bin/sh\neval "$(cat /run/metadata/torcx)"\n' },
    'the file does not exist any more: nothing writes or reads it now',
  ],
  [
    'a kernel argument in the keys that an installer types',
    { '/srv/a.json': '{"boot_command": ["linux torcx.profile=edge<enter>"]}\n' },
    'nothing reads the kernel argument torcx.profile=edge any more',
  ],
];

test.each(cases)('%s', async (_, files, message) => {
  const { findings } = await auditFiles(files);
  expect(findings.map(finding => finding.message)).toEqual([message]);
});

test('an instance is upheld by a link to the file of its template', async () => {
  const link = '/etc/systemd/system/multi-user.target.wants/pool@blue.service';
  const { findings } = await auditFiles({ [link]: { link: '/run/systemd/system/pool@.service' } });
  expect(findings[0]?.fix?.description).toContain(
    'ln -s /usr/lib/systemd/system/pool@.service /etc/systemd/system/multi-user.target.upholds/pool@blue.service',
  );
});

const SCRIPT = '/opt/bin/x.sh';
const UNIT = '/etc/systemd/system/x.service';
const SETTINGS = '/etc/default/kubelet';

const gone = '/run/torcx/bin/x does not exist any more';
const seal = 'the file does not exist any more';
const empty = 'is empty now, and an empty element of a search path is the current directory';

test.each([
  ['a variable alone is empty', SCRIPT, 'PATH=$PATH:$TORCX_BINDIR', [`$TORCX_BINDIR ${empty}`]],
  [
    'behind a variable something is left',
    SCRIPT,
    'PATH=$PATH:$TORCX_UNPACKDIR/zfs/bin',
    ['nothing sets the variable in $TORCX_UNPACKDIR/zfs/bin any more'],
  ],
  [
    'a variable with a default is not empty',
    SCRIPT,
    'PATH=$PATH:${TORCX_BINDIR:-/opt/bin}',
    ['nothing sets the variable in ${TORCX_BINDIR:-/opt/bin} any more'],
  ],
  [
    'a program has no directory',
    UNIT,
    '[Service]\nExecStart=${TORCX_BINDIR}/x',
    ['TORCX_BINDIR is unset, so that ${TORCX_BINDIR}/x has no directory and is not found'],
  ],
  [
    'no program is named',
    UNIT,
    '[Service]\nExecStart=/bin/ls ${TORCX_BINDIR}',
    ['TORCX_BINDIR is unset, so that ${TORCX_BINDIR} is empty'],
  ],
  [
    'a script asks and gives up',
    SCRIPT,
    'test -x /run/torcx/bin/x || exit 1',
    [`${gone}, and what needs it gives up`],
  ],
  [
    'a unit asks',
    UNIT,
    '[Unit]\nAssertPathExists=/run/torcx/bin/x',
    [`${gone}, and so the condition never holds`],
  ],
  [
    'a unit mounts',
    UNIT,
    '[Service]\nBindPaths=/run/torcx/bin/x',
    [`${gone}, and the unit fails at its mounts (226/NAMESPACE)`],
  ],
  ['a unit mounts what is there', UNIT, '[Service]\nBindPaths=-/run/torcx/bin/x', [gone]],
  [
    'an engine mounts',
    SCRIPT,
    'docker run -v /run/torcx/bin/x:/x y',
    [`${gone}: the engine mounts an empty directory instead`],
  ],
  ['an option only begins like that', SETTINGS, 'A="--volume-plugin-dir=/run/torcx/bin/x"', [gone]],
  ['a command is looked for', '/srv/Makefile', 'X := $(shell command -v /run/torcx/bin/x)', [gone]],
  [
    'the seal is read',
    SCRIPT,
    '. /run/metadata/torcx',
    [`${seal}, so that reading it fails and its variables are empty`],
  ],
  [
    'the seal is needed',
    SCRIPT,
    'test -e /run/metadata/torcx || exit 1',
    [`${seal}, and what needs it gives up`],
  ],
  [
    'the seal is written',
    SCRIPT,
    'echo A=1 >> /run/metadata/torcx',
    [`${seal}: nothing writes or reads it now`],
  ],
  [
    'a dependency',
    UNIT,
    '[Unit]\nAfter=torcx.target',
    ['torcx.target does not exist any more, and systemd ignores the dependency'],
  ],
  [
    'no dependency',
    SCRIPT,
    'systemctl mask torcx.target',
    ['torcx.target does not exist any more'],
  ],
])('%s', async (_, path, text, messages) => {
  const { findings } = await auditFiles({ [path]: `${text}\n` });
  expect(findings.map(({ message }) => message)).toEqual(messages);
});
