import { isUtf8Name } from '../path-text.ts';
import { runProgram } from './run-program.ts';

/**
 * Copies a file with its owner, mode, ACLs, extended attributes and SELinux label. Node.js can neither list nor set
 * extended attributes, so this is left to cp(1). GNU's fails when it cannot keep one of them; the others are not asked,
 * since theirs loses them without a word.
 * @returns false where cp cannot be trusted to have copied everything; there may be an incomplete copy then
 */
export async function copyWithAttributes(from: string, to: string): Promise<boolean> {
  // A name that is no UTF-8 cannot be an argument of a program that Node.js starts.
  if (!isUtf8Name(from + to)) return false;
  const options = ['--preserve=all,xattr', '--no-dereference', '--no-target-directory'];
  const copied = await runProgram({ program: 'cp', args: [...options, '--', from, to] });
  return copied !== 'missing' && copied.status === 0;
}
