import type { ElfFacts } from './elf.ts';

/** `object`: linked into something else, such as a kernel module into the kernel. */
export type ElfRole = 'program' | 'library' | 'object';

/** What an ELF file is for: a position-independent program has the type of a library. */
export function elfRole(path: string, { type, interpreter, soname }: ElfFacts): ElfRole {
  if (type === 'relocatable') return 'object';
  if (type === 'executable' || interpreter !== null) return 'program';
  return soname !== null || /\.so(\.|$)/.test(path) ? 'library' : 'program';
}
