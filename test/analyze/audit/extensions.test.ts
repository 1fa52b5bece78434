import { describe, expect, test } from 'vitest';
import type { ExtensionRelease } from '../../../src/analyze/extension-releases.ts';
import { auditFiles, type NodeFiles, summary } from '../../support/audit-files.ts';

const FLATCAR_DOCKER = { link: '/usr/share/flatcar/sysext/docker-flatcar.raw' };
const MASK = { link: '/dev/null' };
const MASKS: NodeFiles = {
  '/etc/extensions/containerd-flatcar.raw': MASK,
  '/etc/extensions/docker-flatcar.raw': MASK,
};
const RELEASE_DIRECTORY = 'usr/lib/extension-release.d';

async function check(files: NodeFiles, expected: readonly string[]): Promise<void> {
  expect(summary(await auditFiles(files), true)).toEqual(expected);
}

describe('the name of an extension and the one in it', () => {
  const image = (...names: readonly (string | ExtensionRelease)[]) => ({
    releases: names.map(name => (typeof name === 'string' ? { name, isForAnyName: false } : name)),
  });
  const path = '/etc/extensions/zfs.raw';
  test.each<[string, NodeFiles, string[]]>([
    ['an image with its own name', { [path]: image('zfs') }, []],
    ['an image with another name', { [path]: image('zpool') }, [`${path} - TX504 error`]],
    ['an image without any', { [path]: image() }, [`${path} - TX504 error`]],
    ['an image with several, one of them right', { [path]: image('other', 'zfs') }, []],
    ['one for any name', { [path]: image({ name: 'other', isForAnyName: true }) }, []],
    [
      'two for any name',
      {
        [path]: image(
          { name: 'other', isForAnyName: true },
          { name: 'another', isForAnyName: true },
        ),
      },
      [`${path} - TX504 error`],
    ],
    [
      'a version behind an underscore',
      { '/etc/extensions/zfs_2.1.raw': image('zfs') },
      ['/etc/extensions/zfs_2.1.raw - TX504 warning'],
    ],
    [
      'a name with a version, which is right',
      { '/etc/extensions/zfs-2.1.raw': image('zfs-2.1') },
      [],
    ],
    [
      'a name with a version, which nobody can look into',
      { '/etc/extensions/zfs-2.1.raw': '\0' },
      ['/etc/extensions/zfs-2.1.raw - TX504 warning'],
    ],
    ['another name that nobody can look into', { [path]: '\0' }, []],
    [
      'a link to an image with another name',
      { [path]: { ...image('x'), link: '/opt/x.raw' } },
      [`${path} - TX504 error`],
    ],
    [
      'a directory',
      { [`/run/extensions/zfs/${RELEASE_DIRECTORY}/extension-release.zfs`]: 'ID=_any\n' },
      [],
    ],
    [
      'a directory with another name in it',
      { [`/var/lib/extensions/zfs/${RELEASE_DIRECTORY}/extension-release.x`]: 'ID=_any\n' },
      [`/var/lib/extensions/zfs/${RELEASE_DIRECTORY}/extension-release.x - TX504 error`],
    ],
    [
      'a directory with several names, one of them right',
      {
        [`/etc/extensions/zfs/${RELEASE_DIRECTORY}/extension-release.x`]: 'ID=_any\n',
        [`/etc/extensions/zfs/${RELEASE_DIRECTORY}/extension-release.zfs`]: 'ID=_any\n',
      },
      [],
    ],
    [
      'a directory with programs and no name',
      { '/etc/extensions/zfs': { directory: true }, '/etc/extensions/zfs/usr/bin/zfs': '\0' },
      ['/etc/extensions/zfs - TX504 error'],
    ],
    ['an empty directory, which is a mask', { '/etc/extensions/zfs': { directory: true } }, []],
    [
      'a directory of versions',
      {
        '/etc/extensions/zfs.raw.v': { directory: true },
        '/etc/extensions/zfs.raw.v/zfs_1.raw': '\0',
      },
      [],
    ],
  ])('%s', async (_, files, expected) => check(files, expected));
});

describe("a Docker of one's own, and Flatcar's", () => {
  const own: NodeFiles = { '/etc/extensions/docker.raw': '\0' };
  const release = (version: string): NodeFiles => ({
    '/etc/os-release': `ID=flatcar\nVERSION_ID=${version}\n`,
  });
  const found = (severity: string) => [`/etc/extensions/docker.raw - TX502 ${severity}`];
  test.each<[string, NodeFiles, string[]]>([
    ['masked', { ...own, ...MASKS }, []],
    ['merged', { ...own, '/etc/extensions/docker-flatcar.raw': FLATCAR_DOCKER }, found('error')],
    ['to come with the update', { ...own, ...release('3510.2.8') }, found('warning')],
    ['taken away', { ...own, ...release('3815.2.0') }, []],
    ['of a node that nobody knows', own, found('warning')],
    ['half masked', { ...own, '/etc/extensions/docker-flatcar.raw': MASK }, found('warning')],
    ['of another name', { '/etc/extensions/docker_compose.raw': '\0' }, []],
    [
      'containerd alone',
      { '/etc/extensions/containerd.raw': '\0', '/etc/extensions/containerd-flatcar.raw': MASK },
      [],
    ],
  ])('%s', async (_, files, expected) => check(files, expected));

  test('the fix names the links that are missing', async () => {
    const { findings } = await auditFiles({ ...own, '/etc/extensions/docker-flatcar.raw': MASK });
    expect(findings.map(({ fix }) => fix?.description)).toEqual([
      'ln -sfn /dev/null /etc/extensions/containerd-flatcar.raw',
    ]);
  });
});

describe('a provisioning text that installs a Docker', () => {
  const butane = (links: string) =>
    `variant: flatcar\nstorage:\n  files:\n    - path: /opt/extensions/docker-25.raw\n  links:\n    - path: /etc/extensions/docker.raw\n      target: /opt/extensions/docker-25.raw\n${links}`;
  const mask = (name: string) =>
    `    - path: /etc/extensions/${name}-flatcar.raw\n      target: /dev/null\n`;
  test.each<[string, string, string[]]>([
    ['and masks nothing', butane(''), ['/srv/a.bu 6 TX502 warning']],
    ['and masks one', butane(mask('docker')), ['/srv/a.bu 6 TX502 warning']],
    ['and masks both', butane(mask('docker') + mask('containerd')), []],
    [
      'and masks both in one line each',
      butane(
        '    - {target: /dev/null, path: /etc/extensions/docker-flatcar.raw}\n    - { "path": "/etc/extensions/containerd-flatcar.raw", target: "/dev/null" }\n',
      ),
      [],
    ],
  ])('%s', async (_, text, expected) => check({ '/srv/a.bu': text }, expected));

  test('in JSON, and masked by a command of cloud-config', async () => {
    const file = {
      path: '/etc/extensions/docker.raw',
      contents: { source: 'https://x.example/d' },
    };
    const ignition = JSON.stringify({ ignition: { version: '3.3.0' }, storage: { files: [file] } });
    await check({ '/srv/a.ign': ignition }, ['/srv/a.ign 1 TX502 warning']);
    const commands = ['docker', 'containerd']
      .map(name => `  - ln -sfn /dev/null /etc/extensions/${name}-flatcar.raw\n`)
      .join('');
    const cloudConfig = `#cloud-config\nwrite_files:\n  - path: /etc/extensions/docker.raw\n    content: x\n`;
    await check({ '/srv/user_data': cloudConfig }, ['/srv/user_data 3 TX502 warning']);
    await check({ '/srv/user_data': `${cloudConfig}runcmd:\n${commands}` }, []);
  });
});

describe("the links that show Flatcar's own", () => {
  const pristine = Object.fromEntries(
    ['docker', 'containerd'].map(name => [
      `/usr/share/flatcar/etc/extensions/${name}-flatcar.raw`,
      { link: `/usr/share/flatcar/sysext/${name}-flatcar.raw` },
    ]),
  );
  const node: NodeFiles = {
    '/etc/os-release': 'ID=flatcar\nVERSION_ID=3815.2.0\n',
    '/etc/extensions': { directory: true },
    ...pristine,
  };
  test.each<[string, NodeFiles, string[]]>([
    ['hidden', node, ['/etc/extensions - TX505 error']],
    [
      'one hidden',
      { ...node, '/etc/extensions/docker-flatcar.raw': FLATCAR_DOCKER },
      ['/etc/extensions - TX505 warning'],
    ],
    ['masked', { ...node, ...MASKS }, []],
    ["replaced by one's own", { ...node, '/etc/extensions/docker.raw': '\0' }, []],
    [
      'of a release that has none',
      {
        ...node,
        ...Object.fromEntries(Object.keys(pristine).map(path => [path, { directory: true }])),
      },
      [],
    ],
  ])('%s', async (_, files, expected) => check(files, expected));

  test('are not missed on a disk that is only mounted', async () => {
    const { '/etc/os-release': text = '', ...rest } = node;
    await check({ ...rest, '/usr/lib/os-release': text }, []);
  });

  test('the fix makes them again', async () => {
    const { findings } = await auditFiles(node);
    expect(findings.map(({ fix }) => fix?.description)).toEqual([
      'ln -sfn /usr/share/flatcar/sysext/docker-flatcar.raw /etc/extensions/docker-flatcar.raw; ln -sfn /usr/share/flatcar/sysext/containerd-flatcar.raw /etc/extensions/containerd-flatcar.raw',
    ]);
  });
});
