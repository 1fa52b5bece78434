import type { RewriteContext } from '../../src/rewrite/rewrite-context.ts';

/** Where the files of an imagined image `zfs` go; directories are those that stay in one piece. */
const PATHS = new Map([
  ['bin', '/usr/bin'],
  ['bin/zfsd', '/usr/bin/zfsd'],
  ['sbin', '/usr/sbin'],
  ['sbin/zpool', '/usr/sbin/zpool'],
  ['lib', '/usr/lib'],
  ['lib/modules', '/usr/lib/modules'],
  ['lib/modules/x.ko', '/usr/lib/modules/x.ko'],
  ['usr/share', '/usr/share'],
  ['usr/share/zfs/zfs.toml', '/usr/share/zfs/zfs.toml'],
  ['etc/zfs.conf', '/usr/share/zfs/etc/zfs.conf'],
  ['etc/udev/rules.d/69-vdev.rules', '/usr/lib/udev/rules.d/69-vdev.rules'],
  ['opt/cni', '/opt/cni'],
  ['odd name', '/usr/lib/zfs/odd name'],
]);

const BINS = new Map([
  ['zfsd', '/usr/bin/zfsd'],
  ['zpool', '/usr/bin/zpool'],
  ['my tool', '/usr/bin/my tool'],
]);

/** The conversion of that image. `/wrap/zpool` became usr/bin/zpool, hence the two of that name. */
export function sampleContext(environment: Readonly<Record<string, string>> = {}): RewriteContext {
  return {
    imageName: 'zfs',
    mapPath: path => PATHS.get(path),
    mapBin: name => BINS.get(name),
    environment: name => environment[name],
  };
}
