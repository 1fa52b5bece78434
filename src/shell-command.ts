import { pathBytes } from './path-text.ts';
import { UNSAFE_CHARACTERS } from './unsafe-characters.ts';

/** Arguments as one line that a POSIX shell splits into the same arguments again. */
export function shellCommand(args: readonly string[], how?: ShellWordOptions): string {
  return args.map(argument => shellWord(argument, how)).join(' ');
}

export interface ShellWordOptions {
  /** For a reader that knows no other characters. */
  readonly inAscii?: boolean;
}

/** One argument, quoted only when it needs to be. */
export function shellWord(argument: string, { inAscii = false }: ShellWordOptions = {}): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(argument)) return argument;
  const isUnseen = argument.search(inAscii ? NOT_IN_ASCII : UNSAFE_CHARACTERS) >= 0;
  if (isUnseen) return dollarQuoted(argument);
  return `'${argument.replaceAll("'", "'\\''")}'`;
}

const NOT_IN_ASCII = /[^ -~]/;

/** `$'…'` (POSIX.1-2024, bash long before): the only quotes in which a control or an invalid byte can be seen. */
function dollarQuoted(argument: string): string {
  const escaped = Array.from(pathBytes(argument), byte => {
    const isPlain = byte >= 0x20 && byte < 0x7f && byte !== 0x27 && byte !== 0x5c;
    return isPlain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `$'${escaped.join('')}'`;
}
