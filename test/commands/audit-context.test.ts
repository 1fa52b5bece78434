import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkInProcess, type Tree, withTree } from '../support/check-in-process.ts';
import { convertInProcess } from '../support/convert-in-process.ts';

const profile = (name: string, reference: string) =>
  JSON.stringify({ kind: 'profile-manifest-v0', value: { images: [{ name, reference }] } });

const CONFIGURATION: Tree = {
  'etc/torcx/next-profile': 'mine\n',
  'etc/torcx/profiles/mine.json': profile('zfs', '2.1'),
};
const STORE = 'var/lib/torcx/store';

interface Judged {
  readonly path: string;
  readonly ruleId: string;
  readonly severity: string;
  readonly fix?: { readonly description: string };
}

/** What is found, its paths and commands without the directory of the test. */
async function judge(
  tree: Tree,
  args: (directory: string) => readonly string[],
): Promise<{ readonly files: number; readonly found: Record<string, string> }> {
  return withTree(tree, async directory => {
    const { stdout } = await checkInProcess([...args(directory), '--format', 'json']);
    const report: { scanned: { files: number }; findings: Judged[] } = JSON.parse(
      stdout.replaceAll(directory, 'NODE'),
    );
    const found = report.findings.map(({ path, ruleId, severity, fix }) => {
      const name = path.replace('NODE/', '/');
      return [`${name} ${ruleId}`, `${severity}: ${fix?.description}`] as const;
    });
    return { files: report.scanned.files, found: Object.fromEntries(found) };
  });
}

const etcOf = (directory: string) => ['--check', join(directory, 'etc')];
const PROFILE = '/etc/torcx/profiles/mine.json TX102';

describe('the exact file of an image is known when only /etc is audited', () => {
  test.each<[string, Tree, string]>([
    ['as a tgz', { [`${STORE}/zfs:2.1.torcx.tgz`]: '\0' }, `${STORE}/zfs:2.1.torcx.tgz`],
    [
      'as a squashfs, which wins',
      { [`${STORE}/zfs:2.1.torcx.tgz`]: '\0', [`${STORE}/zfs:2.1.torcx.squashfs`]: '\0' },
      `${STORE}/zfs:2.1.torcx.squashfs`,
    ],
    [
      'in the directory of the release',
      {
        'usr/lib/os-release': 'ID=flatcar\nVERSION_ID=3510.2.8\n',
        [`${STORE}/zfs:2.1.torcx.tgz`]: '\0',
        [`${STORE}/3510.2.8/zfs:2.1.torcx.tgz`]: '\0',
        [`${STORE}/3602.2.0/zfs:2.1.torcx.tgz`]: '\0',
      },
      `${STORE}/3510.2.8/zfs:2.1.torcx.tgz`,
    ],
    [
      'in the newest directory, where the release has no Torcx any more',
      {
        'etc/os-release': '-> ../usr/lib/os-release',
        'usr/lib/os-release': 'ID="flatcar"\nVERSION_ID="3815.2.0"\n',
        [`${STORE}/3510.2.8/zfs:2.1.torcx.tgz`]: '\0',
        [`${STORE}/3602.2.0/zfs:2.1.torcx.tgz`]: '\0',
      },
      `${STORE}/3602.2.0/zfs:2.1.torcx.tgz`,
    ],
    [
      "in the vendor's store, which comes first",
      {
        'usr/share/oem/torcx/store/zfs:2.1.torcx.tgz': '\0',
        'usr/share/torcx/store/zfs:2.1.torcx.tgz': '\0',
        [`${STORE}/zfs:2.1.torcx.tgz`]: '\0',
      },
      'usr/share/torcx/store/zfs:2.1.torcx.tgz',
    ],
    [
      'in a store that the configuration names',
      {
        'etc/torcx/config.json': JSON.stringify({
          kind: 'torcx-config-v0',
          value: { store_paths: ['/srv/images/'] },
        }),
        'srv/images/zfs:2.1.torcx.tgz': '\0',
        [`${STORE}/zfs:2.1.torcx.tgz`]: '\0',
      },
      'srv/images/zfs:2.1.torcx.tgz',
    ],
    [
      'below the base directory that the configuration names',
      {
        'etc/torcx/config.json': JSON.stringify({
          kind: 'torcx-config-v0',
          value: { base_dir: '/opt/torcx' },
        }),
        'opt/torcx/store/zfs:2.1.torcx.tgz': '\0',
      },
      'opt/torcx/store/zfs:2.1.torcx.tgz',
    ],
  ])('%s', async (_, images, file) => {
    const tree = { ...CONFIGURATION, ...images };
    const command = `error: torcx2sysext NODE/${file} zfs`;
    expect((await judge(tree, etcOf)).found[PROFILE]).toBe(command);
    const offline = await judge(tree, directory => ['--check', '--root', directory]);
    expect(offline.found[PROFILE]).toBe(command);
  });

  test('or said to be in no store', async () => {
    expect((await judge(CONFIGURATION, etcOf)).found[PROFILE]).toBe(
      'error: torcx2sysext zfs:2.1.torcx.tgz zfs (it is in no store here)',
    );
  });
});

test('what is only known is neither counted nor judged', async () => {
  const tree = { ...CONFIGURATION, [`${STORE}/zfs:2.1.torcx.tgz`]: '\0' };
  const { files, found } = await judge(tree, etcOf);
  expect(files).toBe(2);
  expect(Object.keys(found)).toEqual(['/etc/torcx/next-profile TX101', PROFILE]);
});

test('a store alone is judged by the profile that selects from it', async () => {
  const tree = { ...CONFIGURATION, [`${STORE}/zfs:2.1.torcx.tgz`]: '\0' };
  const { files, found } = await judge(tree, directory => ['--check', join(directory, STORE)]);
  expect(files).toBe(1);
  expect(found).toEqual({
    [`/${STORE}/zfs:2.1.torcx.tgz TX105`]: `error: torcx2sysext NODE/${STORE}/zfs:2.1.torcx.tgz zfs`,
  });
});

test('commands name files of another disk where they are on this one', async () => {
  const tree = {
    'etc/torcx/next-profile': 'mine',
    'etc/torcx/profiles/mine.json': profile('docker', '19.03'),
    'etc/extensions/containerd-flatcar.raw': '-> /dev/null',
  };
  const { found } = await judge(tree, directory => ['--check', '--root', directory]);
  expect(found['/etc/torcx/next-profile TX101']).toBe('warning: rm NODE/etc/torcx/next-profile');
  expect(found['/etc/torcx/profiles/mine.json TX502']).toBe(
    'error: ln -sfn /dev/null NODE/etc/extensions/docker-flatcar.raw',
  );
});

test('several nodes in one tree have their own stores', async () => {
  const node = (name: string, images: Tree) =>
    Object.fromEntries(
      Object.entries({ ...CONFIGURATION, ...images }).map(([path, content]) => [
        `${name}/${path}`,
        content,
      ]),
    );
  const tree = {
    ...node('a', { [`${STORE}/zfs:2.1.torcx.tgz`]: '\0' }),
    ...node('b', {}),
  };
  const { found } = await judge(tree, directory => ['--check', directory]);
  expect(found[`/a${PROFILE}`]).toBe(`error: torcx2sysext NODE/a/${STORE}/zfs:2.1.torcx.tgz zfs`);
  expect(found[`/b${PROFILE}`]).toContain('it is in no store here');
});

test('images of extensions are looked into, also through a link that stays on the node', async () => {
  const archive = readFileSync(
    new URL('../../fixtures/images/kubelet-style.torcx.tgz', import.meta.url),
  );
  const { image } = await convertInProcess(archive, 'kubelet:1.torcx.tgz');
  const tree = {
    'etc/extensions/kubelet.raw': image,
    'etc/extensions/kubelet-1.2.3.raw': '-> /opt/images/kubelet.raw',
    'etc/extensions/other.raw': '-> ../../opt/images/kubelet.raw',
    'opt/images/kubelet.raw': image,
    'var/lib/extensions/damaged-1.2.3.raw': image.subarray(0, 200),
  };
  const right = (path: string, name: string) =>
    `error: mv NODE/${path}/${name}.raw NODE/${path}/kubelet.raw`;
  const { found } = await judge(tree, directory => ['--check', directory]);
  expect(found).toEqual({
    '/etc/extensions/kubelet-1.2.3.raw TX504': right('etc/extensions', 'kubelet-1.2.3'),
    '/etc/extensions/other.raw TX504': right('etc/extensions', 'other'),
    '/var/lib/extensions/damaged-1.2.3.raw TX504': 'warning: call it damaged.raw',
  });
});
