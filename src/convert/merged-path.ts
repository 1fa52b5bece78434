import { posix } from 'node:path';

/**
 * The place in an extension that an absolute path of a usr-merged host leads to: `/lib64/x` is `usr/lib64/x`. Flatcar's
 * `/usr/sbin` is a link to `bin`. Without a leading slash; `..` at the root stays there, as in the kernel.
 */
export function mergedPath(path: string): string {
  const inside = posix.normalize(`/${path}`).replace(/^\/+|\/+$/g, '');
  return inside
    .replace(/^(bin|sbin|lib|lib32|lib64|libx32)(?=\/|$)/, 'usr/$1')
    .replace(/^usr\/sbin(?=\/|$)/, 'usr/bin');
}
