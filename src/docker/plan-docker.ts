import { posix } from 'node:path';
import type { ElfFacts } from '../analyze/elf.ts';
import type { Entry } from '../analyze/entry.ts';
import type { Inspection } from '../analyze/inspect.ts';
import type { ExtensionMetadata } from '../builder/extension-release.ts';
import { chooseArchitecture } from '../convert/architecture.ts';
import { type EnablementPlan, planEnablement, type UnitLink } from '../convert/enablement.ts';
import { filePolicy } from '../convert/file-policy.ts';
import { lateSetup } from '../convert/late-setup.ts';
import { libraryFindings } from '../convert/library-findings.ts';
import type { PlacedElf } from '../convert/library-origin.ts';
import type { FileRewrite } from '../convert/rewrite-file.ts';
import type { Step } from '../convert/step.ts';
import { treesOf } from '../convert/trees.ts';
import { UNIT_DIRECTORY } from '../convert/unit-directory.ts';
import type { ImageUnit } from '../convert/unit-facts.ts';
import { ToolError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { containerdFiles } from './containerd-files.ts';
import { dockerFiles } from './docker-files.ts';
import { releaseArchive } from './release-archive.ts';
import type { ReleaseFile } from './release-file.ts';
import { PARTS, type Part } from './release-programs.ts';

/** What the user decides about an extension of Docker's release. */
export interface DockerPlanOptions {
  /** NAME of NAME.raw. */
  readonly name: string;
  /** The one part that is wanted; absent: both. */
  readonly only?: Part;
  readonly host: Pick<ExtensionMetadata, 'id' | 'sysextLevel' | 'versionId'>;
  /** systemd's name, or `auto` to ask the programs. */
  readonly architecture: string;
  readonly enable: readonly string[];
  readonly noEnable: readonly string[];
  readonly reloadManager: boolean;
}

/** Everything that will happen, before anything does. */
export interface DockerPlan {
  readonly extension: ExtensionMetadata;
  readonly steps: readonly Step[];
  /** None: the texts of the extension are made, not changed. */
  readonly rewrites: readonly FileRewrite[];
  readonly units: Pick<EnablementPlan, 'enabled' | 'notEnabled'>;
  /** ELF files by their path in the extension. */
  readonly elfs: ReadonlyMap<string, ElfFacts>;
  readonly findings: readonly Finding[];
}

/**
 * Decides how Docker's static release becomes an extension: its programs, and the units and settings that it does not
 * bring.
 * @throws ToolError `not-convertible` for an archive that is none of Docker's, `wrong-architecture`,
 *   `mixed-architecture`; `usage` for a unit to enable that there is not
 */
export function planDocker(inspection: Inspection, options: DockerPlanOptions): DockerPlan {
  const { name, only, host, reloadManager } = options;
  const parts = only === undefined ? PARTS : [only];
  const archive = releaseArchive(inspection, parts);
  const programs = archive.programs.filter(({ part }) => parts.includes(part));
  const others = archive.programs.filter(({ part }) => !parts.includes(part));
  const placed = programs.map(({ entry, elf }) => ({ from: entry.path, to: placeOf(entry), elf }));
  const elfs = new Map(placed.map(({ to, elf }) => [to, elf]));
  const { architecture } = chooseArchitecture(elfs, options.architecture);
  assertAllFor(architecture, placed);
  const copies = programs.map(({ entry }) => copy(entry));
  const files = filesOf(parts, { hasSelinux: host.id === 'flatcar' });
  const units = planEnablement({
    ...options,
    units: unitsOf(files),
    links: parts.map(part => STARTED[part]),
    whyNot: 'because docker.socket starts it when a client connects',
  });
  const shipped = [
    ...copies.map(({ step }) => step),
    ...[...files, ...units.files].map(created),
    ...units.aliases.map(linked),
  ];
  const setup = lateSetup(name, shipped, only === 'containerd' ? [] : ['docker.socket']);
  return {
    extension: {
      name,
      ...host,
      ...(architecture !== undefined && { architecture }),
      reloadManager,
    },
    steps: [
      ...shipped,
      ...setup.steps,
      ...others.map(({ entry, part }) => leftOut(entry, `belongs to ${part}`)),
      ...archive.strangers.map(entry => leftOut(entry, 'not known to belong to Docker')),
    ],
    rewrites: [],
    units,
    elfs,
    findings: [
      ...copies.flatMap(({ findings }) => findings),
      ...libraryFindings(placed, treesOf(inspection.entries, shipped)),
      ...archive.strangers.flatMap(strangerFinding),
      ...units.findings,
      ...setup.findings,
    ],
  };
}

/** What starts at boot, as with the extensions that Flatcar has built in. */
const STARTED: Readonly<Record<Part, UnitLink>> = {
  docker: {
    target: 'sockets.target',
    unit: 'docker.socket',
    because: 'the daemon starts when a client connects',
  },
  containerd: {
    target: 'multi-user.target',
    unit: 'containerd.service',
    because: 'containers are run by it',
  },
};

function filesOf(parts: readonly Part[], host: { readonly hasSelinux: boolean }): ReleaseFile[] {
  return parts.flatMap(part => (part === 'docker' ? dockerFiles(host) : containerdFiles(host)));
}

function unitsOf(files: readonly ReleaseFile[]): ImageUnit[] {
  const units = files.filter(({ path }) => path.startsWith(`${UNIT_DIRECTORY}/`));
  return units.map(({ path, text }) => ({ name: posix.basename(path), text, dropIns: [] }));
}

/** The programs of one release are for one machine, or it is none. */
function assertAllFor(wanted: string | undefined, placed: readonly PlacedElf[]): void {
  const foreign = placed.find(({ elf }) => elf.architecture !== wanted);
  if (foreign === undefined || wanted === undefined) return;
  const { from: path, elf } = foreign;
  throw new ToolError('wrong-architecture', { path, architecture: elf.architecture, wanted });
}

function placeOf({ path }: Entry): string {
  return `usr/bin/${posix.basename(path)}`;
}

function copy(entry: Entry): { readonly step: Step; readonly findings: readonly Finding[] } {
  const { findings, ...kept } = filePolicy(entry, { isUnit: false, keepSelinux: false });
  const because = "a program of Docker's release";
  return { step: { do: 'copy', entry, to: placeOf(entry), ...kept, because }, findings };
}

function created({ path, text, because }: ReleaseFile): Step {
  return { do: 'create', to: path, made: { text }, because };
}

function linked({ path, target, because }: EnablementPlan['aliases'][number]): Step {
  return { do: 'create', to: path, made: { target }, because };
}

function leftOut(entry: Entry, because: string): Step {
  return { do: 'drop', entry, because };
}

function strangerFinding({ path, kind }: Entry): Finding[] {
  if (kind === 'directory') return [];
  const message = "is not known to belong to Docker's release, and is left out";
  return [finding('TX618', { path, message })];
}
