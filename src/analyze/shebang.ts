/** The first line of a script, which begins with `#!`: what the kernel starts for it. */
export interface Shebang {
  /** `/usr/bin/env` */
  readonly interpreter: string;
  /** All that follows, as the one argument that Linux makes of it. */
  readonly argument: string | null;
}

/** The kernel looks at no more of a file (BINPRM_BUF_SIZE). */
export const SHEBANG_BYTES = 256;

/**
 * Reads a `#!` line as Linux does (fs/binfmt_script.c).
 * @param head the file's first {@link SHEBANG_BYTES} bytes, or all of a shorter one
 * @returns undefined when the file is no script
 */
export function parseShebang(head: Uint8Array): Shebang | undefined {
  if (head[0] !== 0x23 || head[1] !== 0x21) return undefined;
  const line =
    Buffer.from(head.subarray(2))
      .toString('utf8')
      .split(/[\n\0]/, 1)[0] ?? '';
  const [, interpreter, argument = ''] = /^[ \t]*([^ \t]+)[ \t]*(.*?)[ \t]*$/.exec(line) ?? [];
  if (interpreter === undefined) return undefined;
  return { interpreter, argument: argument === '' ? null : argument };
}

/** What really reads the script: `env` looks its argument up in PATH. */
export function scriptProgram({ interpreter, argument }: Shebang): string {
  const isEnv = /^(\/usr)?\/bin\/env$/.test(interpreter);
  const words = (argument ?? '').split(/[ \t]+/).filter(word => word !== '');
  const program = words.find(word => !word.startsWith('-') && !word.includes('='));
  return isEnv && program !== undefined ? program : interpreter;
}
