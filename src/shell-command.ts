import { pathBytes } from './path-text.ts';
import { UNSAFE_CHARACTERS } from './unsafe-characters.ts';

/** Arguments as one line that a POSIX shell splits into the same arguments again. */
export function shellCommand(args: readonly string[]): string {
  return args.map(shellWord).join(' ');
}

/** One argument, quoted only when it needs to be. */
export function shellWord(argument: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(argument)) return argument;
  if (argument.search(UNSAFE_CHARACTERS) >= 0) return dollarQuoted(argument);
  return `'${argument.replaceAll("'", "'\\''")}'`;
}

/** `$'…'` (POSIX.1-2024, bash long before): the only quotes in which a control or an invalid byte can be seen. */
function dollarQuoted(argument: string): string {
  const escaped = Array.from(pathBytes(argument), byte => {
    const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c;
    return isPlain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `$'${escaped.join('')}'`;
}
