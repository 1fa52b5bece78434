/** Where a path of a Torcx image belongs in an extension when nothing but its place in the tree tells. */
export type TreePlace =
  | { readonly to: string; readonly because: string; readonly copiedTo?: string }
  | { readonly to: null; readonly because: string };

/** Top-level directories whose content a running system changes: tmpfiles.d puts a copy in place. */
const STATE_DIRECTORIES = new Set(['etc', 'var', 'srv', 'root', 'home', 'run']);

/** Directories that have the same meaning below /etc and below /usr/lib, so that nothing has to be copied. */
const VENDOR_DIRECTORIES = [
  'binfmt.d',
  'modprobe.d',
  'modules-load.d',
  'sysctl.d',
  'systemd/network',
  'systemd/system',
  'sysusers.d',
  'tmpfiles.d',
  'udev/hwdb.d',
  'udev/rules.d',
];

/**
 * Maps by place: an extension has `/usr` and `/opt` only, and hosts are usr-merged.
 * @param path of an entry, `sbin/zpool`
 * @param name of the extension, which names the private directories for what has no place of its own
 */
export function treePlace(path: string, name: string): TreePlace {
  const place = placeOf(path, name);
  if (place.to !== 'usr/lib/os-release') return place;
  return { to: null, because: 'an os-release file makes systemd-sysext refuse every extension' };
}

function placeOf(path: string, name: string): TreePlace {
  const slash = path.indexOf('/');
  const top = slash < 0 ? path : path.slice(0, slash);
  const rest = slash < 0 ? '' : path.slice(slash);
  const below = (directory: string) => directory + rest;
  switch (top) {
    case '.torcx':
      return { to: null, because: "Torcx's own metadata" };
    case 'bin':
      return { to: below('usr/bin'), because: 'programs live in usr/bin' };
    case 'sbin':
      return { to: below('usr/bin'), because: SBIN_REASON };
    case 'lib':
    case 'lib32':
    case 'lib64':
    case 'libx32':
      return { to: below(`usr/${top}`), because: `/${top} is a link to usr/${top}` };
    case 'include':
    case 'libexec':
    case 'share':
      return { to: below(`usr/${top}`), because: `belongs beside bin and lib, so /usr/${top}` };
    case 'opt':
      return { to: path, because: 'kept in place' };
    case 'usr':
      return `${rest}/`.startsWith('/sbin/')
        ? { to: `usr/bin${rest.slice('/sbin'.length)}`, because: SBIN_REASON }
        : { to: path, because: 'kept in place' };
    default:
      return outsidePlace(path, top, name);
  }
}

/**
 * Flatcar made `/usr/sbin` a link to `bin` in 4152. An extension with a directory of that name would hide the link
 * and with it every program that the host has there; `usr/bin` is right on hosts of both kinds.
 */
const SBIN_REASON =
  'programs live in usr/bin: usr/sbin is a link on current hosts and must not be hidden';

function outsidePlace(path: string, top: string, name: string): TreePlace {
  if (path === 'etc/os-release') {
    return { to: null, because: 'the host has its own os-release' };
  }
  const vendor = VENDOR_DIRECTORIES.find(directory => path.startsWith(`etc/${directory}/`));
  if (vendor) {
    return {
      to: `usr/lib/${path.slice('etc/'.length)}`,
      because: `/usr/lib/${vendor} is read as /etc/${vendor} is`,
    };
  }
  if (STATE_DIRECTORIES.has(top)) {
    return {
      to: `usr/share/${name}/${path}`,
      because: `only /usr and /opt are merged; tmpfiles.d puts a copy at /${path}`,
      copiedTo: `/${path}`,
    };
  }
  return { to: `usr/lib/${name}/${path}`, because: 'only /usr and /opt are merged' };
}
