import { NO_XATTRS } from '../file-node.ts';
import { pathBytes, pathText } from '../path-text.ts';
import { ArchiveDamage } from './archive-damage.ts';
import { MAX_XATTR_NAME_BYTES, MAX_XATTR_VALUE_BYTES } from './archive-limits.ts';
import { unsafe } from './entry-path.ts';
import type { PaxAttributes } from './pax.ts';

const SCHILY = 'SCHILY.xattr.';
const LIBARCHIVE = 'LIBARCHIVE.xattr.';
const RED_HAT_SELINUX = 'RHT.security.selinux';
/** star's ACLs are text where the kernel's attributes are binary: enough to say that there was one. */
const ACLS: Readonly<Record<string, string>> = {
  'SCHILY.acl.access': 'system.posix_acl_access',
  'SCHILY.acl.default': 'system.posix_acl_default',
};

/**
 * The extended attributes of the member at `path`, in any of the spellings: star's and GNU tar's raw values,
 * libarchive's base64 ones (where both are there they are equal), and GNU tar's --selinux. Values are
 * copied: a view would keep the whole body of the extended header in memory.
 */
export function paxXattrs(path: string, pax: PaxAttributes): ReadonlyMap<string, Uint8Array> {
  if (pax.size === 0) return NO_XATTRS;
  const xattrs = new Map<string, Uint8Array>();
  for (const [key, value] of pax) {
    const [name, raw] = decodeXattr(key, value) ?? [];
    if (name === undefined || raw === undefined) continue;
    if (xattrs.has(name) && !key.startsWith(SCHILY)) continue;
    assertLimits(path, name, raw);
    xattrs.set(name, raw);
  }
  return xattrs.size === 0 ? NO_XATTRS : xattrs;
}

function decodeXattr(key: string, value: Uint8Array): [string, Uint8Array] | undefined {
  if (key.startsWith(SCHILY)) return [key.slice(SCHILY.length), new Uint8Array(value)];
  if (key.startsWith(LIBARCHIVE)) return [urlDecoded(key.slice(LIBARCHIVE.length)), base64(value)];
  // GNU tar writes the label as text; the kernel's attribute ends with the NUL that setfilecon(3) gives it.
  const acl = ACLS[key];
  if (acl !== undefined) return [acl, new Uint8Array(value)];
  if (key === RED_HAT_SELINUX)
    return ['security.selinux', Buffer.concat([value, Uint8Array.of(0)])];
  return undefined;
}

function urlDecoded(text: string): string {
  const unescaped = text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => {
    const byte = Number.parseInt(hex, 16);
    return byte < 0x80 ? String.fromCharCode(byte) : String.fromCharCode(0xdc00 + byte);
  });
  return pathText(pathBytes(unescaped));
}

function base64(value: Uint8Array): Uint8Array {
  const text = pathText(value);
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) {
    throw new ArchiveDamage('corrupt', 'an extended attribute is not valid base64');
  }
  return Uint8Array.from(Buffer.from(text, 'base64'));
}

function assertLimits(path: string, name: string, value: Uint8Array): void {
  const length = pathBytes(name).length;
  const validName = length > 0 && length <= MAX_XATTR_NAME_BYTES && !name.includes('\0');
  if (!validName) throw unsafe(path, 'has an extended attribute whose name Linux does not allow');
  if (value.length > MAX_XATTR_VALUE_BYTES) {
    throw unsafe(path, `has an extended attribute of more than ${MAX_XATTR_VALUE_BYTES} bytes`);
  }
}
