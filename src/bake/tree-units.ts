import type { Inspection } from '../analyze/inspect.ts';
import { parseUnitFile } from '../analyze/unit-file.ts';
import { enablementLink } from '../convert/asset-claims.ts';
import { type EnabledUnit, planEnablement } from '../convert/enablement.ts';
import { freePath } from '../convert/free-path.ts';
import { passingPrograms } from '../convert/passing-programs.ts';
import type { UnitsPlan } from '../convert/plan-units.ts';
import { unitsOf, unitTexts } from '../convert/shipped-units.ts';
import type { Step } from '../convert/step.ts';
import { UNIT_DIRECTORY } from '../convert/unit-directory.ts';
import { isForgottenOneshot, UnitCatalog } from '../convert/unit-facts.ts';
import { unitWords } from '../convert/unit-needs.ts';
import { type Finding, finding } from '../finding.ts';

/**
 * What the units of a tree start, and what is added for those that were asked for. Links in `.wants` directories are no
 * start: at boot the extension is merged when targets are on their way already.
 * @throws ToolError `usage` for a unit to enable that the tree does not have
 */
export function treeUnits(
  steps: readonly Step[],
  inspection: Inspection,
  enable: readonly string[],
): Omit<UnitsPlan, 'ordinary'> {
  const texts = unitTexts(steps, inspection);
  const units = unitsOf(texts);
  const upheld = [...upheldByDropIns(texts), ...upheldByLinks(steps)];
  const isUpheld = new Set(upheld.map(({ unit }) => unit));
  const wanted = steps.flatMap(wantedByLink);
  const plan = planEnablement({
    units,
    links: [],
    enable: enable.filter(unit => !isUpheld.has(unit)),
    noEnable: [],
    started: [...isUpheld, ...wanted.map(({ unit }) => unit)],
    passes: passingPrograms(steps, inspection),
    whyNot: 'because nothing in the tree starts it',
  });
  const isStarted = new Set([...isUpheld, ...plan.enabled.map(({ unit }) => unit)]);
  const shipped = new Set(steps.flatMap(step => (step.do === 'drop' ? [] : [step.to])));
  const free = (path: string) => freePath(path, candidate => shipped.has(candidate));
  return {
    steps: [
      ...plan.files.map(({ path, text, because }) => create(free(path), { text }, because)),
      ...plan.aliases
        .filter(({ path }) => !shipped.has(path))
        .map(({ path, target, because }) => create(path, { target }, because)),
    ],
    enabled: [...upheld, ...plan.enabled.map(row => ({ ...row, dropIn: free(row.dropIn) }))],
    notEnabled: plan.notEnabled,
    findings: [
      ...plan.findings,
      ...wanted.filter(({ unit }) => !isStarted.has(unit)).map(idleLinkFinding),
      ...forgottenOneshots(isUpheld, new UnitCatalog(units)),
    ],
  };
}

function upheldByDropIns(texts: ReadonlyMap<string, string>): EnabledUnit[] {
  return [...texts].flatMap(([path, text]) => {
    const upheldBy = path.replace(/\.d\/[^/]+$/, '');
    return unitWords(parseUnitFile(text), 'Unit', 'Upholds').map(unit => ({
      unit,
      upheldBy,
      dropIn: `${UNIT_DIRECTORY}/${path}`,
      reason: 'the tree says so',
    }));
  });
}

/** `X.upholds/UNIT`, from systemd 254 on. */
function upheldByLinks(steps: readonly Step[]): EnabledUnit[] {
  return steps.flatMap(step => {
    const path = linkBelowUnits(step);
    const [, upheldBy, unit] = /^([^/]+)\.upholds\/([^/]+)$/.exec(path ?? '') ?? [];
    if (upheldBy === undefined || unit === undefined) return [];
    return [{ unit, upheldBy, dropIn: `${UNIT_DIRECTORY}/${path}`, reason: 'the tree says so' }];
  });
}

function linkBelowUnits(step: Step): string | undefined {
  const isLink = step.do === 'copy' && step.entry.kind === 'symlink';
  if (!isLink || !step.to.startsWith(`${UNIT_DIRECTORY}/`)) return undefined;
  return step.to.slice(UNIT_DIRECTORY.length + 1);
}

function wantedByLink(step: Step) {
  const isThere = step.do === 'copy' && step.entry.kind !== 'directory';
  const link = isThere ? enablementLink(step.entry.path, step.to) : undefined;
  return link ? [link] : [];
}

function idleLinkFinding({ path, target, unit }: ReturnType<typeof wantedByLink>[number]): Finding {
  return finding('TX614', {
    path,
    severity: 'warning',
    message: `${unit} may not start at boot: when the extension is merged, ${target} has been looked at already. Flatcar's ensure-sysext.service does so again, other distributions do not`,
    fix: { safety: 'manual', description: `bake with --enable ${unit}, and leave the link away` },
  });
}

function forgottenOneshots(units: ReadonlySet<string>, catalog: UnitCatalog): Finding[] {
  return [...units]
    .filter(unit => unit.endsWith('.service'))
    .filter(unit => catalog.has(unit) && isForgottenOneshot(catalog.files(unit)))
    .map(unit =>
      finding('TX613', {
        path: `${UNIT_DIRECTORY}/${unit}`,
        severity: 'warning',
        message: `${unit} is a oneshot that does not stay active, and Upholds= starts it over and over`,
        fix: { safety: 'manual', description: 'add RemainAfterExit=yes' },
      }),
    );
}

function create(to: string, made: Extract<Step, { do: 'create' }>['made'], because: string): Step {
  return { do: 'create', to, made, because };
}
