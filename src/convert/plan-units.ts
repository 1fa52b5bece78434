import type { Inspection } from '../analyze/inspect.ts';
import { unitBoolean } from '../analyze/unit-boolean.ts';
import { effectiveSettings, parseUnitFile } from '../analyze/unit-file.ts';
import { type Finding, finding } from '../finding.ts';
import { absentUnits } from './absent-units.ts';
import { type EnablementPlan, planEnablement } from './enablement.ts';
import { freePath } from './free-path.ts';
import { lateOrdering } from './late-ordering.ts';
import { passingPrograms } from './passing-programs.ts';
import type { PathMap } from './path-map.ts';
import { selfMountFindings, selfMounts } from './self-mounts.ts';
import { unitAliases, unitsOf, unitTexts } from './shipped-units.ts';
import type { Step } from './step.ts';
import { treesOf } from './trees.ts';
import { UNIT_DIRECTORY } from './unit-directory.ts';
import { UnitCatalog } from './unit-facts.ts';

export interface UnitsInput {
  /** What happens to the archive's entries, and links to its programs. */
  readonly steps: readonly Step[];
  readonly inspection: Inspection;
  readonly map: PathMap;
  readonly enable: readonly string[];
  readonly noEnable: readonly string[];
}

export interface UnitsPlan extends Pick<EnablementPlan, 'enabled' | 'notEnabled' | 'findings'> {
  /** Drop-ins and links that the extension gets on top. */
  readonly steps: readonly Step[];
  /** Services and sockets that start in the ordinary part of a boot, after sysinit.target. */
  readonly ordinary: readonly string[];
}

/** Decides which of the extension's units are started, from the units as they will be in it. */
export function planUnits({ steps, inspection, map, enable, noEnable }: UnitsInput): UnitsPlan {
  const texts = unitTexts(steps, inspection);
  const trees = treesOf(inspection.entries, steps);
  const units = unitsOf(texts);
  const aliasOf = unitAliases(steps);
  const catalog = new UnitCatalog(units);
  const mounts = selfMounts(catalog);
  const plan = planEnablement({
    units,
    links: map.links
      .filter(({ unit }) => !mounts.has(unit))
      .map(({ target, unit, kind }) => ({
        target: successorOf(target),
        unit,
        because: `the image had it in ${target}.${kind}`,
      })),
    // They have no finding of the usual kind.
    started: [...mounts.keys()],
    aliases: aliasOf,
    brings: trees.hasAfter,
    passes: passingPrograms(steps, inspection),
    enable,
    noEnable: noEnable.filter(unit => !isMissing(unit, map)),
    whyNot: 'as under Torcx: no directory that the manifest lists linked it',
  });
  const shipped = new Set(steps.flatMap(step => (step.do === 'drop' ? [] : [step.to])));
  const free = (path: string) => freePath(path, candidate => shipped.has(candidate));
  const files = plan.files.map(
    ({ path, text, because }): Step => ({ do: 'create', to: free(path), made: { text }, because }),
  );
  const newAliases = plan.aliases.filter(({ path }) => !shipped.has(path));
  const aliases = newAliases.map(
    ({ path, target, because }): Step => ({ do: 'create', to: path, made: { target }, because }),
  );
  const isEnabled = new Set(plan.enabled.map(({ unit }) => unit));
  const followed = map.links
    .filter(({ unit }) => isEnabled.has(unit))
    .map(link => ({ ...link, target: successorOf(link.target) }));
  const has = (unit: string) =>
    catalog.has(aliasOf.get(unit) ?? unit) || shipped.has(`${UNIT_DIRECTORY}/${unit}`);
  return {
    ...plan,
    findings: [
      ...plan.findings,
      ...absentUnits(followed, has),
      ...selfMountFindings(mounts),
      ...lateOrdering([...isEnabled], catalog, aliasOf),
      ...lostUnits(texts),
    ],
    enabled: plan.enabled.map(row => ({ ...row, dropIn: free(row.dropIn) })),
    steps: [...files, ...aliases],
    ordinary: ordinaryUnits(texts),
  };
}

/** What belongs to Torcx's own target, which nothing reaches any more. */
function lostUnits(texts: ReadonlyMap<string, string>): Finding[] {
  const lost = [...texts.keys()].filter(path => /^torcx\.target(?:\.d\/|$)/.test(path));
  return lost.map(path =>
    finding('TX607', {
      path: `${UNIT_DIRECTORY}/${path}`,
      message: 'has no effect: torcx.target does not exist any more',
      fix: { safety: 'manual', description: 'give what it says to the units that need it' },
    }),
  );
}

/** Torcx's own target was reached at every boot that had an image. */
function successorOf(target: string): string {
  return target === 'torcx.target' ? 'multi-user.target' : target;
}

/** A unit that is left out need not be known to be not started. */
function isMissing(unit: string, { placements }: PathMap): boolean {
  const path = `${UNIT_DIRECTORY}/${unit}`;
  return [...placements.values()].some(({ missingAt }) => missingAt === path);
}

/** Mounts, and units without default dependencies, may have to come before what an ordinary unit waits for. */
function ordinaryUnits(texts: ReadonlyMap<string, string>): string[] {
  return [...texts].flatMap(([name, text]) => {
    if (!/^[^/]+\.(service|socket)$/.test(name)) return [];
    const [setting] = effectiveSettings([parseUnitFile(text)], 'Unit', 'DefaultDependencies').slice(
      -1,
    );
    return setting && unitBoolean(setting.value) === false ? [] : [name];
  });
}
