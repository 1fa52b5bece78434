import type { ElfFacts } from '../analyze/elf.ts';
import { ToolError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';

/** `ARCHITECTURE=` of the extension; undefined when the image has no program that would tell, so any host takes it. */
export interface ArchitectureChoice {
  readonly architecture: string | undefined;
  readonly findings: readonly Finding[];
}

/**
 * Decides from the ELF files which hosts may load the extension.
 * @param wanted the user's own word, or `auto`
 * @throws ToolError `mixed-architecture` when the files disagree and the user has not decided
 */
export function chooseArchitecture(
  elfs: ReadonlyMap<string, ElfFacts>,
  wanted: string,
): ArchitectureChoice {
  const found = architecturesOf(elfs);
  const choice = wanted === 'auto' ? automatic(found) : wanted;
  const findings = [...elfs]
    .filter(([, elf]) => isHostCode(elf) && elf.architecture !== choice)
    .map(([path, elf]) => foreign(path, elf.architecture, choice));
  return { architecture: choice, findings };
}

function automatic(found: readonly string[]): string | undefined {
  // 32-bit x86 programs run on x86-64 hosts, and no current host is 32-bit only.
  const hosts = new Set(
    found.map(architecture => (architecture === 'x86' ? 'x86-64' : architecture)),
  );
  const [only] = hosts;
  if (hosts.size > 1) throw new ToolError('mixed-architecture', { architectures: found });
  return only;
}

function architecturesOf(elfs: ReadonlyMap<string, ElfFacts>): readonly string[] {
  const names = [...elfs.values()].filter(isHostCode).map(elf => elf.architecture);
  return [...new Set(names)].sort();
}

/** BPF objects and firmware are ELF files too, but no host runs them on its own processor. */
function isHostCode({ architecture }: ElfFacts): boolean {
  return !architecture.startsWith('machine-');
}

function foreign(path: string, architecture: string, choice: string | undefined): Finding {
  const emulated = architecture === 'x86' && choice === 'x86-64';
  return finding('TX609', {
    path,
    severity: emulated ? 'info' : 'warning',
    message: emulated
      ? 'a 32-bit program; it needs the 32-bit libraries unless it is static'
      : `is built for ${architecture}, but the extension is for ${choice}`,
  });
}
