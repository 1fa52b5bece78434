import { describe, expect, test } from 'vitest';
import { auditFiles, type NodeFiles, summary } from '../../support/audit-files.ts';

const ETC = '/etc/systemd/system';
const RUN = '/run/systemd/system';
const USR = '/usr/lib/systemd/system';
const SEAL = '[Service]\nEnvironmentFile=/run/metadata/torcx\n';
const RESET = '[Service]\nEnvironmentFile=\n';

/** The severity of what is said of each file, by its path; nothing is said of a file that is not named. */
async function check(files: NodeFiles, expected: Readonly<Record<string, string>>): Promise<void> {
  const found = summary(await auditFiles(files), true).map(line => {
    const [path = '', , , severity = ''] = line.split(' ');
    return [path, severity];
  });
  expect(Object.fromEntries(found)).toEqual(expected);
}

describe('an assignment that is taken back', () => {
  const unit = `${USR}/a-b.service`;
  const taken = { [unit]: 'info' };
  const open = { [unit]: 'error' };
  test.each<[string, NodeFiles, Readonly<Record<string, string>>]>([
    ['by nothing', {}, open],
    ['by a drop-in', { [`${ETC}/a-b.service.d/1.conf`]: RESET }, taken],
    ['by a drop-in of /run', { [`${RUN}/a-b.service.d/1.conf`]: RESET }, taken],
    ['by a drop-in for its prefix', { [`${ETC}/a-.service.d/1.conf`]: RESET }, taken],
    ['by a drop-in for its type', { [`${ETC}/service.d/1.conf`]: RESET }, taken],
    ['by a drop-in for another prefix', { [`${ETC}/b-.service.d/1.conf`]: RESET }, open],
    ['by a drop-in for another type', { [`${ETC}/socket.d/1.conf`]: RESET }, open],
    [
      'by a drop-in of a manager for users',
      { '/etc/systemd/user/a-b.service.d/1.conf': RESET },
      open,
    ],
    [
      'by a drop-in that another one of its name hides',
      { [`${USR}/a-b.service.d/1.conf`]: RESET, [`${ETC}/a-b.service.d/1.conf`]: '[Service]\n' },
      open,
    ],
    [
      'by a drop-in that is masked',
      {
        [`${USR}/a-b.service.d/1.conf`]: RESET,
        [`${ETC}/a-b.service.d/1.conf`]: { link: '/dev/null' },
      },
      open,
    ],
    [
      'by the closer one of two drop-ins of a name',
      { [`${ETC}/a-b.service.d/1.conf`]: RESET, [`${ETC}/a-.service.d/1.conf`]: '[Service]\n' },
      taken,
    ],
    [
      'by one of two drop-ins of a name whose directory has more weight, though the other is closer',
      { [`${ETC}/a-.service.d/1.conf`]: RESET, [`${USR}/a-b.service.d/1.conf`]: '[Service]\n' },
      taken,
    ],
    [
      'not by a drop-in for its type, where a closer one has the name',
      { [`${ETC}/service.d/1.conf`]: RESET, [`${USR}/a-b.service.d/1.conf`]: '[Service]\n' },
      open,
    ],
    [
      'by a drop-in for another name of the unit',
      {
        [`${ETC}/alias.service`]: { link: `${USR}/a-b.service` },
        [`${ETC}/alias.service.d/1.conf`]: RESET,
      },
      taken,
    ],
    ['by the mask of the unit', { [`${ETC}/a-b.service`]: { link: '/dev/null' } }, taken],
    ['by an empty file in its place', { [`${ETC}/a-b.service`]: '' }, taken],
    [
      'by another file in its place',
      { [`${ETC}/a-b.service`]: '[Service]\nExecStart=/usr/bin/a\n' },
      taken,
    ],
    ['by a file of less weight', { '/lib/systemd/system/a-b.service': '[Service]\n' }, open],
  ])('%s', async (_, others, expected) => {
    await check({ [unit]: SEAL, ...others }, expected);
  });
});

describe('a drop-in', () => {
  test.each<[string, NodeFiles, Readonly<Record<string, string>>]>([
    [
      'is taken back by a later one, whatever its directory',
      { [`${ETC}/a.service.d/1.conf`]: SEAL, [`${USR}/a.service.d/2.conf`]: RESET },
      { [`${ETC}/a.service.d/1.conf`]: 'info' },
    ],
    [
      'is not taken back by an earlier one',
      { [`${ETC}/a.service.d/2.conf`]: SEAL, [`${ETC}/a.service.d/1.conf`]: RESET },
      { [`${ETC}/a.service.d/2.conf`]: 'error' },
    ],
    [
      'for many units counts, whatever one of them takes back',
      { [`${ETC}/service.d/1.conf`]: SEAL, [`${ETC}/a.service.d/2.conf`]: RESET },
      { [`${ETC}/service.d/1.conf`]: 'error' },
    ],
    [
      'for a prefix counts as well',
      { [`${ETC}/docker-.service.d/1.conf`]: SEAL },
      { [`${ETC}/docker-.service.d/1.conf`]: 'error' },
    ],
    [
      'of a template is taken back in its instance alone',
      { [`${ETC}/a@.service.d/1.conf`]: SEAL, [`${ETC}/a@b.service.d/2.conf`]: RESET },
      { [`${ETC}/a@.service.d/1.conf`]: 'error' },
    ],
    [
      'of an instance is taken back by one of its template',
      { [`${ETC}/a@b.service.d/1.conf`]: SEAL, [`${ETC}/a@.service.d/2.conf`]: RESET },
      { [`${ETC}/a@b.service.d/1.conf`]: 'info' },
    ],
    [
      'for another name of a unit counts',
      {
        [`${ETC}/b.service`]: { link: 'a.service' },
        [`${ETC}/b.service.d/1.conf`]: SEAL,
        [`${ETC}/a.service.d/2.conf`]: RESET,
      },
      { [`${ETC}/b.service.d/1.conf`]: 'info' },
    ],
    [
      'of a masked unit does nothing',
      { [`${ETC}/a.service`]: { link: '/dev/null' }, [`${ETC}/a.service.d/1.conf`]: SEAL },
      { [`${ETC}/a.service.d/1.conf`]: 'info' },
    ],
    [
      'of a unit whose file is linked from elsewhere',
      {
        '/opt/units/a.service': SEAL,
        [`${ETC}/a.service`]: { link: '/opt/units/a.service' },
        [`${ETC}/a.service.d/1.conf`]: RESET,
      },
      { '/opt/units/a.service': 'info' },
    ],
  ])('%s', async (_, files, expected) => check(files, expected));
});

describe('files that are no part of one node', () => {
  test('units of a name in several directories are judged alone', async () => {
    await check(
      {
        '/srv/dev/a.service': SEAL,
        '/srv/prod/a.service': SEAL,
        '/srv/prod/a.service.d/1.conf': RESET,
      },
      { '/srv/dev/a.service': 'error', '/srv/prod/a.service': 'info' },
    );
  });

  test('texts for the same path in one carrier are judged as if each were the one', async () => {
    const unit = (name: string, contents: string) =>
      `    - name: ${name}\n      contents: |\n${contents.replace(/^(?=.)/gm, '        ')}`;
    const pools = [
      unit('a.service', SEAL),
      unit('a.service', `${SEAL}ExecStart=/usr/bin/a\n`),
    ].join('');
    const { findings } = await auditFiles({ '/srv/pools.yaml': `systemd:\n  units:\n${pools}` });
    expect(findings.map(({ line, severity }) => [line, severity])).toEqual([
      [6, 'error'],
      [10, 'error'],
    ]);
  });
});
