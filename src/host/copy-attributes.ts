import { execFile } from 'node:child_process';

/**
 * Copies a file with its owner, mode, ACLs, extended attributes and SELinux label. Node.js can neither list nor set
 * extended attributes, so this is left to cp(1). GNU's fails when it cannot keep one of them; the others are not asked,
 * since theirs loses them without a word.
 * @returns false where cp cannot be trusted to have copied everything; there may be an incomplete copy then
 */
export function copyWithAttributes(from: string, to: string): Promise<boolean> {
  // A name that is no UTF-8 cannot be an argument of a program that Node.js starts.
  if (/[\udc80-\udcff]/.test(from + to)) return Promise.resolve(false);
  const args = [
    '--preserve=all,xattr',
    '--no-dereference',
    '--no-target-directory',
    '--',
    from,
    to,
  ];
  return new Promise(resolve => {
    // The user's PATH may name directories that others write to, and --fix mostly runs as root.
    execFile('cp', args, { env: { PATH: '/usr/bin:/bin' } }, error => resolve(error === null));
  });
}
