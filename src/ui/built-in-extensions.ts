import type { ImageReport } from '../convert/report.ts';
import { isForFlatcar } from './host-words.ts';

/** The extensions that Flatcar ships since Torcx is gone, and programs by which a clash with each shows. */
const BUILT_IN = [
  { name: 'docker-flatcar', programs: /^usr\/bin\/(docker|dockerd|docker-init|docker-proxy)$/ },
  { name: 'containerd-flatcar', programs: /^usr\/bin\/(containerd|containerd-shim.*|ctr|runc)$/ },
] as const;

/**
 * The built-in extensions that bring the same programs as this one: both would be merged, and the order of their names
 * would decide whose files win. Only Flatcar has them.
 */
export function clashingBuiltIns(report: ImageReport): string[] {
  if (!isForFlatcar(report)) return [];
  const { mapping, output } = report;
  return BUILT_IN.filter(
    ({ name, programs }) =>
      name !== output.name && mapping.some(({ to }) => to !== null && programs.test(to)),
  ).map(({ name }) => name);
}
