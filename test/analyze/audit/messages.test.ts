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
