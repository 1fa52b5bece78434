import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { appendFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDirectory } from './cache-directory.ts';
import { runChecked } from './run-command.ts';

const PACKAGES = 'systemd,systemd-sysv,dbus,iptables,kmod,udev,libltdl7,procps';

const RELEASES = {
  /** systemd 252, as in that first release of Flatcar. */
  bookworm: { number: 12, packages: PACKAGES },
  /** systemd 257, with systemd-sysupdate. */
  trixie: { number: 13, packages: `${PACKAGES},libdevmapper1.02.1,systemd-container` },
} as const;

type Release = keyof typeof RELEASES;

// What systemd-sysext compares an image with: the first Flatcar release that had no Torcx.
const OS_RELEASE = 'ID=flatcar\nVERSION_ID=3815.2.0\nSYSEXT_LEVEL=1.0\n';

/** Makes a bootable root file system at a path that does not exist yet: a copy of {@link debianRoot}. */
export async function makeDebianRoot(path: string): Promise<void> {
  await runChecked('cp', ['-a', '--reflink=auto', await debianRoot(), path]);
}

/** The path of one that debootstrap makes once and that stays in the cache directory (275 MB, 40 s). Nobody writes to it. */
export async function debianRoot(release: Release = 'bookworm'): Promise<string> {
  const { number, packages } = RELEASES[release];
  const recipe = createHash('sha256')
    .update(packages + OS_RELEASE)
    .digest('hex');
  const cached = join(cacheDirectory(), `debian-${number}-root-${recipe.slice(0, 8)}`);
  if (!existsSync(cached)) await bootstrap(cached, release);
  return cached;
}

async function bootstrap(root: string, release: Release): Promise<void> {
  const partial = `${root}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(cacheDirectory(), { recursive: true });
  const what = ['--variant=minbase', `--include=${RELEASES[release].packages}`, release];
  await runChecked('debootstrap', [...what, partial], { timeLimit: 900_000 });
  // Later assignments win in os-release, so Debian's own lines can stay.
  await appendFile(join(partial, 'usr/lib/os-release'), OS_RELEASE);
  await runChecked('chroot', [partial, 'groupadd', '-f', 'docker']);
  rmSync(join(partial, 'var/cache/apt'), { recursive: true, force: true });
  rmSync(join(partial, 'var/lib/apt/lists'), { recursive: true, force: true });
  await rename(partial, root);
}
