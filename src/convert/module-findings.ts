import type { Inspection } from '../analyze/inspect.ts';
import { isKernelModule } from '../analyze/kernel-module.ts';
import { type Finding, finding } from '../finding.ts';
import type { Placement } from './path-map.ts';

/** Kernel modules work with one kernel only, which an update of the host replaces (TX616). */
export function moduleFindings(
  { entries, facts }: Pick<Inspection, 'entries' | 'facts'>,
  placements: ReadonlyMap<string, Pick<Placement, 'to'>>,
): Finding[] {
  return [...entries.values()].flatMap(({ path, kind }) => {
    const isModule = (kind === 'file' || kind === 'hardlink') && isKernelModule(path);
    const to = placements.get(path)?.to;
    if (!isModule || !to) return [];
    const [release] = facts.get(path)?.vermagic?.split(' ') ?? [];
    const built = release
      ? `was built for the kernel ${release}`
      : 'is a compressed kernel module, built for one kernel,';
    return [
      finding('TX616', {
        path,
        message: `${built} and loads into no other: check with 'uname -r' on the host, and load it with insmod /${to}, since the host's module index does not list it`,
      }),
    ];
  });
}
