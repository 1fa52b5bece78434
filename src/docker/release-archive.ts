import type { ElfFacts } from '../analyze/elf.ts';
import type { Entry } from '../analyze/entry.ts';
import type { Inspection } from '../analyze/inspect.ts';
import { MANIFEST_PATH } from '../analyze/manifest.ts';
import { ToolError } from '../errors.ts';
import { type Part, partOf, REQUIRED_PROGRAMS } from './release-programs.ts';

/** Docker's static release, taken apart: `docker/dockerd`, `docker/containerd`, … */
export interface ReleaseArchive {
  readonly programs: readonly ReleaseProgram[];
  /** What such an archive does not have. */
  readonly strangers: readonly Entry[];
}

export interface ReleaseProgram {
  /** `dockerd` */
  readonly name: string;
  readonly part: Part;
  readonly entry: Entry;
  readonly elf: ElfFacts;
}

/** All programs of a release lie in this directory of its archive. */
const DIRECTORY = 'docker';

/**
 * Tells the programs of a release from everything else.
 * @param parts those that have to be complete
 * @throws ToolError `not-convertible` when one of their programs is missing, or is none
 */
export function releaseArchive(inspection: Inspection, parts: readonly Part[]): ReleaseArchive {
  const programs: ReleaseProgram[] = [];
  const strangers: Entry[] = [];
  for (const entry of inspection.entries.values()) {
    if (entry.path === DIRECTORY && entry.kind === 'directory') continue;
    const program = programAt(entry, inspection);
    if (program) programs.push(program);
    else strangers.push(entry);
  }
  const names = new Set(programs.map(({ name }) => name));
  const missing = parts.flatMap(part => REQUIRED_PROGRAMS[part]).find(name => !names.has(name));
  if (missing !== undefined) throw incomplete(missing, inspection);
  return { programs, strangers };
}

function programAt(entry: Entry, { facts }: Inspection): ReleaseProgram | undefined {
  const [directory, name = '', ...deeper] = entry.path.split('/');
  const elf = facts.get(entry.path)?.elf;
  const part = directory === DIRECTORY && deeper.length === 0 ? partOf(name) : undefined;
  if (part === undefined || elf === undefined || entry.kind !== 'file') return undefined;
  return { name, part, entry, elf };
}

function incomplete(name: string, { entries }: Inspection): ToolError {
  const path = `${DIRECTORY}/${name}`;
  const what = entries.has(path) ? `${path} is no program` : `there is no ${path}`;
  const reason = `${what}, so this is not a static release of Docker 20.10 or later`;
  if (!entries.has(MANIFEST_PATH)) return new ToolError('not-convertible', { reason });
  const suggestion = 'without --docker: this is a Torcx image';
  return new ToolError('not-convertible', { reason, suggestion });
}
