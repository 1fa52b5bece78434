import { expect, it } from 'vitest';
import type { AssetKind, Manifest } from '../../src/analyze/manifest.ts';
import { mapPaths } from '../../src/convert/path-map.ts';
import { entriesOf } from '../support/entries.ts';

type Table = Parameters<typeof entriesOf>[0];

interface Case {
  readonly tree: Table;
  readonly manifest?: Partial<Record<AssetKind, readonly string[]>>;
  /** Archive path to extension path; null: not in the extension. */
  readonly places: Readonly<Record<string, string | null>>;
  readonly binLinks?: Readonly<Record<string, string>>;
  readonly findings?: readonly string[];
  /** Units that are started. */
  readonly links?: readonly string[];
  /** Arguments and results of finalPath. */
  readonly final?: Readonly<Record<string, string | undefined>>;
}

const NO_ASSETS: Manifest['assets'] = {
  bin: [],
  network: [],
  units: [],
  sysusers: [],
  tmpfiles: [],
  udev_rules: [],
};

function check({
  tree,
  manifest,
  places,
  binLinks = {},
  findings = [],
  final = {},
  links,
}: Case): void {
  const map = mapPaths({
    entries: entriesOf(tree),
    manifest: manifest && { assets: { ...NO_ASSETS, ...manifest } },
    name: 'ext',
  });
  const files = Object.keys(tree).filter(path => tree[path] !== null);
  expect(Object.fromEntries(files.map(path => [path, map.placements.get(path)?.to]))).toEqual(
    places,
  );
  expect(Object.fromEntries(map.binLinks.map(({ path, target }) => [path, target]))).toEqual(
    binLinks,
  );
  expect(map.findings.map(({ ruleId, path }) => `${ruleId} ${path}`)).toEqual(findings);
  if (links) expect(map.links.map(({ unit }) => unit)).toEqual(links);
  for (const [path, expected] of Object.entries(final)) {
    expect([path, map.finalPath(path)]).toEqual([path, expected]);
  }
}

it.each<[string, Case]>([
  [
    'places by the tree what no manifest lists',
    {
      tree: {
        'bin/docker': 'x',
        'sbin/zpool': 'x',
        'usr/sbin/zed': 'x',
        'lib/libz.so.1': 'x',
        'lib64/libm.so': 'x',
        'usr/share/doc/a': 'x',
        'opt/cni/bin/bridge': 'x',
        'etc/zfs/zed.rc': 'x',
        'var/lib/zfs/cache': 'x',
        'wrap/zpool': 'x',
        README: 'x',
        '.torcx/manifest.json': '{}',
      },
      places: {
        'bin/docker': 'usr/bin/docker',
        'sbin/zpool': 'usr/bin/zpool',
        'usr/sbin/zed': 'usr/bin/zed',
        'lib/libz.so.1': 'usr/lib/libz.so.1',
        'lib64/libm.so': 'usr/lib64/libm.so',
        'usr/share/doc/a': 'usr/share/doc/a',
        'opt/cni/bin/bridge': 'opt/cni/bin/bridge',
        'etc/zfs/zed.rc': 'usr/share/ext/etc/zfs/zed.rc',
        'var/lib/zfs/cache': 'usr/share/ext/var/lib/zfs/cache',
        'wrap/zpool': 'usr/lib/ext/wrap/zpool',
        README: 'usr/lib/ext/README',
        '.torcx/manifest.json': null,
      },
      final: {
        'bin/docker': '/usr/bin/docker',
        bin: '/usr/bin',
        'lib64/libm.so': '/usr/lib64/libm.so',
        'etc/zfs': '/usr/share/ext/etc/zfs',
        'no/such': undefined,
        '.torcx/manifest.json': undefined,
      },
    },
  ],
  [
    'keeps what lies beside bin and lib beside them',
    {
      tree: { 'bin/t': 'x', 'libexec/t/run': 'x', 'share/t/data': 'x', 'include/t.h': 'x' },
      places: {
        'bin/t': 'usr/bin/t',
        'libexec/t/run': 'usr/libexec/t/run',
        'share/t/data': 'usr/share/t/data',
        'include/t.h': 'usr/include/t.h',
      },
    },
  ],
  [
    'gives what comes second a place of its own, beside those who have that name already',
    {
      tree: { 'bin/t': 'x', 'lib/ext/sbin/t': 'x', 'sbin/t': 'x' },
      places: {
        'bin/t': 'usr/bin/t',
        'lib/ext/sbin/t': 'usr/lib/ext/sbin/t',
        'sbin/t': 'usr/lib/ext/sbin/t.2',
      },
      final: { 'sbin/t': '/usr/lib/ext/sbin/t.2' },
    },
  ],
  [
    'puts nothing below a file',
    {
      tree: { 'bin/t': 'x', 'usr/bin/t/data': 'x' },
      places: { 'bin/t': 'usr/bin/t', 'usr/bin/t/data': 'usr/lib/ext/usr/bin/t/data' },
    },
  ],
  [
    'puts no file in the place of a directory',
    {
      tree: { 'bin/t/data': 'x', 'sbin/t': 'x' },
      places: { 'bin/t/data': 'usr/bin/t/data', 'sbin/t': 'usr/lib/ext/sbin/t' },
    },
  ],
  [
    'follows links above what the manifest lists, as the kernel did for Torcx',
    {
      tree: {
        bin: { link: 'usr/bin' },
        lib: { link: 'usr/lib' },
        sbin: { link: 'usr/sbin' },
        'usr/bin/tool': 'x',
        'usr/sbin/admin': 'x',
        'usr/lib/systemd/system/t.service': 'x',
        'usr/lib/systemd/system/multi-user.target.wants/t.service': { link: '../t.service' },
      },
      manifest: {
        bin: ['bin/tool', 'sbin/admin', 'nowhere/tool'],
        units: ['lib/systemd/system/t.service', 'lib/systemd/system/multi-user.target.wants'],
      },
      places: {
        bin: null,
        lib: null,
        sbin: null,
        'usr/bin/tool': 'usr/bin/tool',
        'usr/sbin/admin': 'usr/bin/admin',
        'usr/lib/systemd/system/t.service': 'usr/lib/systemd/system/t.service',
        'usr/lib/systemd/system/multi-user.target.wants/t.service': null,
      },
      links: ['t.service'],
      findings: ['TX610 nowhere/tool'],
    },
  ],
  [
    'gives the place of a link to the file that the link leads to when both belong there',
    {
      tree: {
        'bin/listed': { link: '../usr/bin/listed' },
        'usr/bin/listed': 'x',
        'sbin/admin': { link: '/usr/sbin/admin' },
        'usr/sbin/admin': 'x',
        'lib/t/run': { link: '../../usr/lib/t/run' },
        'usr/lib/t/run': 'x',
        'lib/other': { link: '../usr/lib/t/run' },
      },
      manifest: { bin: ['bin'] },
      places: {
        'bin/listed': null,
        'usr/bin/listed': 'usr/bin/listed',
        'sbin/admin': null,
        'usr/sbin/admin': 'usr/bin/admin',
        'lib/t/run': null,
        'usr/lib/t/run': 'usr/lib/t/run',
        'lib/other': 'usr/lib/other',
      },
      final: { 'bin/listed': '/usr/bin/listed', 'lib/t/run': '/usr/lib/t/run' },
    },
  ],
  [
    'lets a wrapper of the bin list win over the program that it calls',
    {
      tree: { 'wrap/zpool': 'sh', 'sbin/zpool': 'elf' },
      manifest: { bin: ['wrap'] },
      places: { 'wrap/zpool': 'usr/bin/zpool', 'sbin/zpool': 'usr/lib/ext/sbin/zpool' },
      final: {
        'wrap/zpool': '/usr/bin/zpool',
        'sbin/zpool': '/usr/lib/ext/sbin/zpool',
        sbin: undefined,
      },
    },
  ],
  [
    'gives a basename to the first that the manifest lists, a flattened directory in its walking order',
    {
      tree: { 'a-b/x': '1', 'a/sub/x': '2', 'a/y': '3', 'z/y': '4' },
      manifest: { bin: ['a', 'a-b', 'z/y'] },
      places: {
        'a/sub/x': 'usr/bin/x',
        'a-b/x': 'usr/lib/ext/a-b/x',
        'a/y': 'usr/bin/y',
        'z/y': 'usr/lib/ext/z/y',
      },
    },
  ],
  [
    'leaves a listed program of usr or opt in place and links it',
    {
      tree: { 'opt/tool/bin/tool': 'x', 'usr/lib/foo/foo': 'x' },
      manifest: { bin: ['opt/tool/bin/tool', 'usr/lib/foo/foo'] },
      places: { 'opt/tool/bin/tool': 'opt/tool/bin/tool', 'usr/lib/foo/foo': 'usr/lib/foo/foo' },
      binLinks: {
        'usr/bin/tool': '../../opt/tool/bin/tool',
        'usr/bin/foo': '../lib/foo/foo',
      },
    },
  ],
  [
    'puts every asset kind where systemd reads it, from wherever it lies',
    {
      tree: {
        'u/a.service': 'x',
        'u/a.service.d/10.conf': 'x',
        'u/a.service.d/sub/20.conf': 'x',
        'n/b.network': 'x',
        's/c.conf': 'x',
        't/d.conf': 'x',
        'r/60-e.rules': 'x',
      },
      manifest: {
        units: ['u/a.service', 'u/a.service.d'],
        network: ['n/b.network'],
        sysusers: ['s/c.conf'],
        tmpfiles: ['t/d.conf'],
        udev_rules: ['r/60-e.rules'],
      },
      places: {
        'u/a.service': 'usr/lib/systemd/system/a.service',
        'u/a.service.d/10.conf': 'usr/lib/systemd/system/a.service.d/10.conf',
        'u/a.service.d/sub/20.conf': 'usr/lib/ext/u/a.service.d/sub/20.conf',
        'n/b.network': 'usr/lib/systemd/network/b.network',
        's/c.conf': 'usr/lib/sysusers.d/c.conf',
        't/d.conf': 'usr/lib/tmpfiles.d/d.conf',
        'r/60-e.rules': 'usr/lib/udev/rules.d/60-e.rules',
      },
    },
  ],
  [
    'ships no link of a .wants directory, listed or not',
    {
      tree: {
        'lib/systemd/system/a.service': 'x',
        'lib/systemd/system/multi-user.target.wants/a.service': { link: '../a.service' },
        'lib/systemd/system/sockets.target.wants/a.socket': { link: '../a.socket' },
      },
      manifest: {
        units: ['lib/systemd/system/a.service', 'lib/systemd/system/multi-user.target.wants'],
      },
      places: {
        'lib/systemd/system/a.service': 'usr/lib/systemd/system/a.service',
        'lib/systemd/system/multi-user.target.wants/a.service': null,
        'lib/systemd/system/sockets.target.wants/a.socket': null,
      },
    },
  ],
  [
    "does not start a unit that the manifest links but does not list, unless it is the host's or a template's",
    {
      tree: {
        'lib/systemd/system/a.service': 'x',
        'lib/systemd/system/b@.service': 'x',
        'lib/systemd/system/multi-user.target.wants/a.service': { link: '../a.service' },
        'lib/systemd/system/multi-user.target.wants/b@1.service': { link: '../b@.service' },
        'lib/systemd/system/multi-user.target.wants/host.service': { link: '../host.service' },
      },
      manifest: {
        units: ['lib/systemd/system/multi-user.target.wants', 'lib/systemd/system/b@.service'],
      },
      places: {
        'lib/systemd/system/a.service': 'usr/lib/systemd/system/a.service',
        'lib/systemd/system/b@.service': 'usr/lib/systemd/system/b@.service',
        'lib/systemd/system/multi-user.target.wants/a.service': null,
        'lib/systemd/system/multi-user.target.wants/b@1.service': null,
        'lib/systemd/system/multi-user.target.wants/host.service': null,
      },
      links: ['b@1.service', 'host.service'],
    },
  ],
  [
    'reports assets that are not there and special files',
    {
      tree: {
        'dev/null': { kind: 'char-device', major: 1, minor: 3 },
        'run/pipe': { kind: 'fifo' },
      },
      manifest: { bin: ['bin/gone'], units: ['lib/gone.service'] },
      places: { 'dev/null': null, 'run/pipe': null },
      findings: ['TX610 bin/gone', 'TX610 lib/gone.service', 'TX611 dev/null', 'TX611 run/pipe'],
    },
  ],
  [
    'drops the links of a usr-merged tree and refuses to replace a directory of the host',
    {
      tree: {
        bin: { link: 'usr/bin' },
        lib: { link: 'usr/lib' },
        'usr/sbin': { link: 'bin' },
        'usr/bin/tool': 'x',
        'usr/lib/libtool.so': 'x',
        'usr/lib64': { link: 'lib' },
      },
      places: {
        bin: null,
        lib: null,
        'usr/sbin': null,
        'usr/bin/tool': 'usr/bin/tool',
        'usr/lib/libtool.so': 'usr/lib/libtool.so',
        'usr/lib64': null,
      },
      findings: ['TX611 usr/lib64'],
      final: { 'bin/tool': '/usr/bin/tool', 'usr/sbin/tool': '/usr/bin/tool' },
    },
  ],
  [
    'drops a link to the very file that took its place, and keeps another file of that name',
    {
      tree: {
        'bin/mount.x': 'elf',
        'sbin/mount.x': { link: '../bin/mount.x' },
        'usr/bin/mount.x': 'b',
      },
      places: {
        'bin/mount.x': 'usr/bin/mount.x',
        'sbin/mount.x': null,
        'usr/bin/mount.x': 'usr/lib/ext/usr/bin/mount.x',
      },
      final: { 'sbin/mount.x': '/usr/bin/mount.x' },
    },
  ],
  [
    'passes over a directory of which Torcx made one that nobody reads',
    {
      tree: { 'lib/systemd/network/a.network': '' },
      manifest: { network: ['lib/systemd/network'] },
      places: { 'lib/systemd/network/a.network': 'usr/lib/systemd/network/a.network' },
      findings: ['TX610 lib/systemd/network'],
    },
  ],
  [
    'leaves out links to directories of their own places',
    {
      tree: {
        'lib/d': { link: '../usr/lib/d' },
        'usr/lib/d/a': 'x',
        'lib/e/a': 'x',
        'usr/lib/e': { link: '../../lib/e' },
        'lib/f': { link: '../usr/lib/d' },
      },
      places: {
        'lib/d': null,
        'usr/lib/d/a': 'usr/lib/d/a',
        'lib/e/a': 'usr/lib/e/a',
        'usr/lib/e': null,
        'lib/f': 'usr/lib/f',
      },
      final: { 'lib/d/a': '/usr/lib/d/a', 'lib/d': '/usr/lib/d', 'usr/lib/e/a': '/usr/lib/e/a' },
    },
  ],
  [
    'leaves out links to what the host has at their own places',
    {
      tree: {
        'sbin/ip': { link: '/bin/ip' },
        'bin/ss': { link: '../usr/sbin/ss' },
        'bin/tc': { link: '/usr/bin/other' },
        'etc/systemd/system/a.service': { link: '/usr/lib/systemd/system/a.service' },
      },
      manifest: { bin: ['sbin/ip'], units: ['etc/systemd/system/a.service'] },
      places: {
        'sbin/ip': null,
        'bin/ss': null,
        'bin/tc': 'usr/bin/tc',
        'etc/systemd/system/a.service': null,
      },
    },
  ],
  [
    'puts a directory aside where a file has its place, whichever comes first',
    {
      tree: {
        'bin/a': 'x',
        'sbin/a': { kind: 'directory' },
        'bin/b': { kind: 'directory' },
        'sbin/b': 'x',
        'sbin/a/sub': { kind: 'directory' },
      },
      places: {
        'bin/a': 'usr/bin/a',
        'sbin/a': 'usr/lib/ext/sbin/a',
        'sbin/a/sub': 'usr/lib/ext/sbin/a/sub',
        'bin/b': 'usr/lib/ext/bin/b',
        'sbin/b': 'usr/bin/b',
      },
    },
  ],
  [
    'puts a directory where its files are put, which a file of another directory keeps from its place',
    {
      tree: { 'bin/a': 'x', 'sbin/a': { kind: 'directory' }, 'sbin/a/file': 'y' },
      places: {
        'bin/a': 'usr/bin/a',
        'sbin/a': 'usr/lib/ext/sbin/a',
        'sbin/a/file': 'usr/lib/ext/sbin/a/file',
      },
    },
  ],
  [
    'keeps os-release files out',
    {
      tree: { 'usr/lib/os-release': 'ID=x', 'lib/os-release': 'ID=x', 'etc/os-release': 'ID=x' },
      places: { 'usr/lib/os-release': null, 'lib/os-release': null, 'etc/os-release': null },
    },
  ],
])('%s', (_name, testCase) => check(testCase));

it('knows a program that the manifest names by a link to its own place', () => {
  const map = mapPaths({
    entries: entriesOf({ 'bin/a': { link: '../usr/bin/a' }, 'usr/bin/a': 'x' }),
    manifest: { assets: { ...NO_ASSETS, bin: ['bin/a'] } },
    name: 'ext',
  });
  expect([map.finalBin('a'), map.finalBin('b')]).toEqual(['/usr/bin/a', undefined]);
});

it("has a file copied to its place from wherever the image's own files let it be", () => {
  const entries = entriesOf({ 'share/ext/var/a': 'x', 'var/a': 'y' });
  const { placements } = mapPaths({ entries, manifest: undefined, name: 'ext' });
  expect(placements.get('var/a')).toMatchObject({ to: 'usr/lib/ext/var/a', copiedTo: '/var/a' });
});
