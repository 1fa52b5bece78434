import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Each program that the real-system tests call, with the Debian package that brings it. */
const DEBIAN_PACKAGES = {
  '7z': 'p7zip-full',
  'apt-get': 'apt',
  btrfs: 'btrfs-progs',
  debootstrap: 'debootstrap',
  fish: 'fish',
  getcap: 'libcap2-bin',
  getfattr: 'attr',
  git: 'git',
  'ignition-validate': 'ignition',
  mke2fs: 'e2fsprogs',
  'mkfs.btrfs': 'btrfs-progs',
  'mkfs.erofs': 'erofs-utils',
  mksquashfs: 'squashfs-tools',
  nsenter: 'util-linux',
  openssl: 'openssl',
  patch: 'patch',
  python3: 'python3',
  'qemu-aarch64-static': 'qemu-user-static',
  rdsquashfs: 'squashfs-tools-ng',
  readelf: 'binutils',
  script: 'bsdutils',
  setfattr: 'attr',
  setpriv: 'util-linux',
  sqfs2tar: 'squashfs-tools-ng',
  squashfuse: 'squashfuse',
  strace: 'strace',
  'systemd-analyze': 'systemd',
  'systemd-dissect': 'systemd-container',
  'systemd-nspawn': 'systemd-container',
  'systemd-sysext': 'systemd',
  'systemd-tmpfiles': 'systemd',
  tmux: 'tmux',
  unshare: 'util-linux',
  unsquashfs: 'squashfs-tools',
  zsh: 'zsh',
} as const;

export type Tool = keyof typeof DEBIAN_PACKAGES;

/**
 * True if these programs are there and the tests run as root, which mounting needs; else says on standard error what is
 * missing. For `describe.runIf`, so that a machine without them shows skipped tests, never silently green ones.
 */
export function requireTools(tools: readonly Tool[]): boolean {
  const reasons = tools
    .filter(tool => !isOnPath(tool))
    .map(tool => `no ${tool} (Debian package ${DEBIAN_PACKAGES[tool]})`);
  if (process.getuid?.() !== 0) reasons.push('not root');
  if (reasons.length > 0) process.stderr.write(`skipped: ${reasons.join(', ')}\n`);
  return reasons.length === 0;
}

function isOnPath(tool: Tool): boolean {
  // Debian keeps debootstrap in /usr/sbin, which an ordinary user's PATH leaves out.
  const path = `${process.env.PATH ?? ''}${delimiter}/usr/sbin${delimiter}/sbin`;
  return path.split(delimiter).some(directory => existsSync(join(directory, tool)));
}
