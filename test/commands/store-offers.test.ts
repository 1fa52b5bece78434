import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { storeOffers } from '../../src/commands/store-offers.ts';

/** Files of a node by their path; what starts with `-> ` is a link. */
type Node = Readonly<Record<string, string>>;

function profile(...images: readonly string[]): string {
  const rows = images.map(image => {
    const [name, reference] = image.split(':');
    return { name, reference };
  });
  return JSON.stringify({ kind: 'profile-manifest-v0', value: { images: rows } });
}

async function offersOf(node: Node): Promise<string[]> {
  const root = mkdtempSync(join(tmpdir(), 'node-'));
  try {
    makeNode(root, node);
    const { offers } = await storeOffers(root);
    return offers.map(({ image, path, use, size }) => {
      return `${use} ${image.name}:${image.reference} ${path.slice(root.length)} ${size}`;
    });
  } finally {
    rmSync(root, { recursive: true });
  }
}

function makeNode(root: string, node: Node): void {
  for (const [path, content] of Object.entries(node)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (content.startsWith('-> ')) symlinkSync(content.slice(3), join(root, path));
    else writeFileSync(join(root, path), content);
  }
}

const VAR = '/var/lib/torcx/store';
const VENDOR = '/usr/share/torcx/store';

it.each<[string, Node, readonly string[]]>([
  ['offers nothing on a machine that never had Torcx', {}, []],
  [
    'offers what the next profile selects before the rest',
    {
      '/etc/torcx/next-profile': 'mine\n',
      '/etc/torcx/profiles/mine.json': profile('kubelet:1.9'),
      '/usr/share/torcx/profiles/vendor.json': profile('docker:com.coreos.cl'),
      [`${VAR}/kubelet:1.9.torcx.tgz`]: 'abc',
      [`${VAR}/a:1.torcx.tgz`]: '',
      [`${VENDOR}/docker:20.10.torcx.tgz`]: 'x',
      [`${VENDOR}/docker:com.coreos.cl.torcx.tgz`]: '-> docker:20.10.torcx.tgz',
    },
    [
      `selected docker:com.coreos.cl ${VENDOR}/docker:com.coreos.cl.torcx.tgz 1`,
      `selected kubelet:1.9 ${VAR}/kubelet:1.9.torcx.tgz 3`,
      `stored docker:20.10 ${VENDOR}/docker:20.10.torcx.tgz 1`,
      `stored a:1 ${VAR}/a:1.torcx.tgz 0`,
    ],
  ],
  [
    'offers what runs first of all, also from the store of a release',
    {
      '/etc/torcx/next-profile': 'mine',
      '/etc/torcx/profiles/mine.json': profile('docker:20.10'),
      '/run/torcx/profile.json': profile('docker:19.03'),
      [`${VAR}/3374.2.0/docker:19.03.torcx.tgz`]: '',
      [`${VAR}/docker:20.10.torcx.squashfs`]: '',
    },
    [
      `running docker:19.03 ${VAR}/3374.2.0/docker:19.03.torcx.tgz 0`,
      `selected docker:20.10 ${VAR}/docker:20.10.torcx.squashfs 0`,
    ],
  ],
  [
    'says of one file only that it is used when two have the same image',
    {
      '/etc/torcx/next-profile': 'mine',
      '/etc/torcx/profiles/mine.json': profile('docker:20.10'),
      [`${VAR}/docker:20.10.torcx.squashfs`]: '',
      [`${VAR}/docker:20.10.torcx.tgz`]: '',
    },
    [
      `selected docker:20.10 ${VAR}/docker:20.10.torcx.squashfs 0`,
      `stored docker:20.10 ${VAR}/docker:20.10.torcx.tgz 0`,
    ],
  ],
  [
    'looks into the stores that the configuration names, and goes no deeper',
    {
      '/etc/torcx/config.json': JSON.stringify({
        kind: 'torcx-config-v0',
        value: { store_paths: ['/srv/images', 'relative', '/none'] },
      }),
      '/srv/images/a:1.torcx.tgz': '',
      '/srv/images/b/c/d:1.torcx.tgz': '',
      '/srv/images/readme': '',
    },
    ['stored a:1 /srv/images/a:1.torcx.tgz 0'],
  ],
  [
    'does not take the store of another release for one that this node reads',
    {
      '/usr/lib/os-release': 'ID=flatcar\nVERSION_ID=3510.2.8\n',
      '/etc/os-release': '-> ../usr/lib/os-release',
      '/etc/torcx/next-profile': 'mine',
      '/etc/torcx/profiles/mine.json': profile('docker:20.10'),
      [`${VAR}/3374.2.0/docker:20.10.torcx.tgz`]: '',
      [`${VAR}/docker:20.10.torcx.tgz`]: '',
    },
    [
      `selected docker:20.10 ${VAR}/docker:20.10.torcx.tgz 0`,
      `stored docker:20.10 ${VAR}/3374.2.0/docker:20.10.torcx.tgz 0`,
    ],
  ],
  [
    'passes over a profile that is broken',
    {
      '/etc/torcx/next-profile': 'mine',
      '/etc/torcx/profiles/mine.json': '{',
      '/run/torcx/profile.json': 'x',
      [`${VAR}/a:1.torcx.tgz`]: '',
    },
    [`stored a:1 ${VAR}/a:1.torcx.tgz 0`],
  ],
])('%s', async (_, node, expected) => {
  expect(await offersOf(node)).toEqual(expected);
});

it.each<[string, Node, readonly string[]]>([
  ['nothing of a machine that never had Torcx', {}, []],
  [
    'what is broken and in the way',
    {
      '/etc/torcx/profiles/mine.json': '{',
      '/etc/torcx/profiles/gone.json': '-> nowhere',
      '/usr/share/torcx': 'no directory',
      [VAR]: 'no directory',
    },
    [
      `cannot read '/usr/share/torcx/profiles': a part of the path is not a directory`,
      `cannot read '${VAR}': a part of the path is not a directory`,
      `cannot read '/usr/share/torcx/store': a part of the path is not a directory`,
      "/etc/torcx/profiles/mine.json:1:2 expected '}'",
    ],
  ],
  [
    'each single file that says which images are in use, and cannot be read',
    {
      '/etc/torcx/next-profile': '-> elsewhere',
      '/etc/torcx/config.json/sub': '',
      '/run/torcx/profile.json': 'x',
    },
    [
      "cannot read '/etc/torcx/config.json': no regular file",
      "cannot read '/etc/torcx/next-profile': it is a link that is not followed, or links lead in a circle",
      '/run/torcx/profile.json:1:1 invalid JSON (InvalidSymbol)',
    ],
  ],
])('tells %s', async (_, node, expected) => {
  const root = mkdtempSync(join(tmpdir(), 'node-'));
  try {
    makeNode(root, node);
    const { problems } = await storeOffers(root);
    expect(problems.map(text => text.replaceAll(root, '')).sort()).toEqual([...expected].sort());
  } finally {
    rmSync(root, { recursive: true });
  }
});
