import type { ElfFacts } from '../analyze/elf.ts';
import type { Inspection } from '../analyze/inspect.ts';
import type { ExtensionMetadata } from '../builder/extension-release.ts';
import type { Finding } from '../finding.ts';
import { comparePaths } from '../path-text.ts';
import { chooseArchitecture } from './architecture.ts';
import { besideFindings } from './beside-findings.ts';
import { entryRequests } from './entry-requests.ts';
import { lateSetup } from './late-setup.ts';
import { libraryFindings } from './library-findings.ts';
import type { PlacedElf } from './library-origin.ts';
import { linkFindings } from './link-findings.ts';
import { missingFindings } from './missing-findings.ts';
import { moduleFindings } from './module-findings.ts';
import { newlyEffective } from './newly-effective.ts';
import { openedFindings } from './opened-findings.ts';
import { originLinks } from './origin-links.ts';
import { outsideFindings } from './outside-findings.ts';
import { ownImageName } from './own-image-name.ts';
import { ownerFindings } from './owner-findings.ts';
import { mapPaths, type PathMap } from './path-map.ts';
import { planEntries } from './plan-entries.ts';
import { planUnits, type UnitsPlan } from './plan-units.ts';
import type { FileRewrite } from './rewrite-file.ts';
import { bringsUnit } from './shipped-units.ts';
import type { Step } from './step.ts';
import { ownTmpfilesPaths, tmpfilesSteps } from './tmpfiles-steps.ts';
import { treesOf } from './trees.ts';

/** What the user decides about a conversion; everything else follows from the archive. */
export interface PlanOptions {
  /** NAME of NAME.raw. */
  readonly name: string;
  /** Torcx's name of the image by the archive's file name, which somebody may have changed. */
  readonly imageName: string;
  readonly host: {
    readonly id: string;
    readonly sysextLevel?: string;
    readonly versionId?: string;
  };
  /** systemd's name, or `auto` to ask the ELF files. */
  readonly architecture: string;
  readonly enable: readonly string[];
  readonly noEnable: readonly string[];
  readonly reloadManager: boolean;
  readonly keepSelinux: boolean;
  /** Paths in the archive: what to leave out, and what to keep of that or of what would be left out anyway. */
  readonly drop: readonly string[];
  readonly keep: readonly string[];
}

/** Everything that will happen, before anything does. */
export interface Plan {
  readonly extension: ExtensionMetadata;
  /** Torcx's name of the image, as its own files spell it. */
  readonly imageName: string;
  /** Where every entry goes. */
  readonly map: PathMap;
  readonly steps: readonly Step[];
  /** The texts that change, sorted by their path in the extension. */
  readonly rewrites: readonly FileRewrite[];
  readonly units: Pick<UnitsPlan, 'enabled' | 'notEnabled'>;
  /** ELF files by their path in the extension. */
  readonly elfs: ReadonlyMap<string, ElfFacts>;
  readonly findings: readonly Finding[];
}

/**
 * Decides how an image becomes an extension.
 * @throws ToolError `mixed-architecture`; `usage` for a unit or an entry that the image does not have, or that cannot be
 *   what the user wants
 */
export function planConversion(inspection: Inspection, options: PlanOptions): Plan {
  const { name, host } = options;
  const imageName = ownImageName(inspection, [options.imageName, name]);
  const requests = entryRequests(inspection.entries, options);
  const map = mapPaths({ ...inspection, name, requests });
  const entries = planEntries({ inspection, map, ...options, imageName });
  const placed = [...entries.steps, ...binLinkSteps(map)];
  const units = planUnits({ steps: placed, inspection, map, ...options });
  const shipped = [...placed, ...units.steps, ...tmpfilesSteps(entries, inspection.facts, name)];
  const setup = lateSetup(name, shipped, units.ordinary);
  const elfs = placedElfs(inspection, map);
  const moved = treesOf(inspection.entries, shipped);
  const steps = [...shipped, ...setup.steps, ...originLinks(elfs, { name, trees: moved, map })];
  const trees = treesOf(inspection.entries, steps);
  const { architecture, findings } = chooseArchitecture(elfsByPlace(elfs), options.architecture);
  return {
    extension: {
      name,
      ...host,
      ...(architecture !== undefined && { architecture }),
      reloadManager: options.reloadManager && steps.some(bringsUnit),
    },
    imageName,
    map,
    steps,
    rewrites: [...entries.rewrites].sort((a, b) => comparePaths(a.to, b.to)),
    units,
    elfs: elfsByPlace(elfs),
    findings: [
      ...map.findings,
      ...entries.findings,
      ...units.findings,
      ...findings,
      ...libraryFindings(elfs, trees),
      ...linkFindings(steps, { name, imageName, trees }),
      ...outsideFindings(inspection.entries, map.placements, name),
      ...ownerFindings(
        inspection.entries,
        map.placements,
        ownTmpfilesPaths(entries.steps, inspection.facts),
      ),
      ...openedFindings(inspection.entries, map.placements),
      ...moduleFindings(inspection, map.placements),
      ...newlyEffective(inspection.entries, map),
      ...besideFindings(inspection, map),
      ...missingFindings(inspection, map, steps),
      ...setup.findings,
    ],
  };
}

function binLinkSteps({ binLinks }: PathMap): Step[] {
  return binLinks.map(({ path, target }) => ({
    do: 'create',
    to: path,
    made: { target },
    because: 'Torcx linked this program into its bin directory',
  }));
}

function placedElfs({ facts }: Inspection, { placements }: PathMap): PlacedElf[] {
  return [...facts].flatMap(([from, { elf }]) => {
    const to = placements.get(from)?.to;
    return elf && to ? [{ from, to, elf }] : [];
  });
}

function elfsByPlace(elfs: readonly PlacedElf[]): ReadonlyMap<string, ElfFacts> {
  return new Map(elfs.map(({ to, elf }) => [to, elf]));
}
