import { ToolError } from '../errors.ts';
import { extensionReleasePath, RELEASE_DIRECTORY } from '../extension-release-path.ts';
import type { ImageNode } from './image-node.ts';

/**
 * Directories that every host has. An extension that brings anything but a directory under one of these names
 * replaces the host's whole directory when it is merged (overlayfs: the upper layer's type wins).
 */
const HOST_DIRECTORIES = new Set([
  'usr',
  'opt',
  'usr/bin',
  'usr/include',
  'usr/lib',
  'usr/lib/modprobe.d',
  'usr/lib/modules',
  'usr/lib/modules-load.d',
  'usr/lib/sysctl.d',
  'usr/lib/systemd',
  'usr/lib/systemd/network',
  'usr/lib/systemd/system',
  'usr/lib/sysusers.d',
  'usr/lib/tmpfiles.d',
  'usr/lib/udev',
  'usr/lib/udev/rules.d',
  'usr/lib64',
  'usr/libexec',
  'usr/local',
  'usr/share',
]);

/** `/usr/sbin` is a directory on older hosts and a link to `bin` on newer ones: neither may be replaced. */
const MERGED_INTO_BIN = 'usr/sbin';

/** True for a path at which an extension may only have a directory. */
export function isHostDirectory(path: string): boolean {
  return HOST_DIRECTORIES.has(path) || path === MERGED_INTO_BIN;
}

/**
 * Why `node` must not be in an extension called `name`, or undefined. One such node makes systemd-sysext refuse every
 * extension of the host, or hides a part of the host's `/usr`.
 */
export function ruleAgainst(node: ImageNode, name: string): string | undefined {
  const { path, kind } = node;
  if (path === '') return undefined;
  const isMerged = /^(?:usr|opt)(?:\/|$)/.test(path);
  if (!isMerged) return 'only /usr and /opt are merged';
  if (path === 'usr/lib/os-release')
    return 'an os-release file makes systemd-sysext refuse every extension';
  if (path === MERGED_INTO_BIN) return 'it would hide the link /usr/sbin → bin of the host';
  if (kind !== 'directory' && isHostDirectory(path))
    return `it would replace the host's directory /${path}`;
  if (kind === 'char-device' || kind === 'block-device' || kind === 'fifo' || kind === 'socket') {
    return 'special files do not belong into an extension; a 0:0 device deletes the host file of its name';
  }
  if (kind === 'directory' && node.mode !== 0o755)
    return "its mode would replace that of the host's directory";
  if (node.uid !== 0 || node.gid !== 0) return 'everything in an extension belongs to root';
  for (const attribute of node.xattrs.keys()) {
    if (attribute.startsWith('trusted.'))
      return `${attribute} steers overlayfs and hides host files`;
  }
  const isRelease = path.startsWith(`${RELEASE_DIRECTORY}/`) && kind !== 'directory';
  if (isRelease && path !== extensionReleasePath(name))
    return 'it is the extension-release of another extension';
  return undefined;
}

/** @throws ToolError `not-convertible` for the first node that must not be in an extension */
export function assertSysextTree(nodes: Iterable<ImageNode>, name: string): void {
  for (const node of nodes) {
    const reason = ruleAgainst(node, name);
    if (reason) throw new ToolError('not-convertible', { reason: `/${node.path}: ${reason}` });
  }
}
