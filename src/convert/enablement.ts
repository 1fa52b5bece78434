import { parseUnitName, type UnitName } from '../analyze/unit-name.ts';
import { append } from '../append.ts';
import { ToolError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { comparePaths } from '../path-text.ts';
import { similarText } from '../similar-text.ts';
import type { EnablementFile } from './enablement-file.ts';
import { runOnce } from './run-once.ts';
import { startedWith } from './started-units.ts';
import { UNIT_DIRECTORY } from './unit-directory.ts';
import { type ImageUnit, installWords, UnitCatalog } from './unit-facts.ts';
import { unitFileNames } from './unit-needs.ts';
import { expandSpecifiers } from './unit-specifiers.ts';
import { upheldConditions } from './upheld-conditions.ts';

/** A unit that is started whether the user says so or not. */
export interface UnitLink {
  /** The unit that starts it, `sockets.target`. */
  readonly target: string;
  /** `docker.socket` */
  readonly unit: string;
  /** For the report. */
  readonly because: string;
}

export interface EnablementInput {
  /** As they will be in the extension. */
  readonly units: readonly ImageUnit[];
  readonly links: readonly UnitLink[];
  readonly enable: readonly string[];
  readonly noEnable: readonly string[];
  /** Why nothing else is started; goes on after "X is not enabled, ". */
  readonly whyNot: string;
  /** Units that something starts already. */
  readonly started?: readonly string[];
  /** Whether the extension has a file or directory at a path without a leading slash. */
  readonly brings?: (path: string) => boolean;
  /** Whether a program, by its absolute path, does its work and ends. */
  readonly passes?: (path: string) => boolean;
  /** Second names of units, to the first. */
  readonly aliases?: ReadonlyMap<string, string>;
}

/** What starts when, in files and in words. */
export interface EnablementPlan {
  readonly files: readonly EnablementFile[];
  /** `Alias=` of units that the user enabled: links beside the unit. */
  readonly aliases: readonly {
    readonly path: string;
    readonly target: string;
    readonly because: string;
  }[];
  readonly enabled: readonly EnabledUnit[];
  readonly notEnabled: readonly { readonly unit: string; readonly wantedBy: readonly string[] }[];
  readonly findings: readonly Finding[];
}

export interface EnabledUnit {
  readonly unit: string;
  readonly upheldBy: string;
  /** Path of the drop-in. */
  readonly dropIn: string;
  readonly reason: string;
}

/**
 * Decides which units the extension starts. A link that Torcx followed becomes `Upholds=` in a drop-in of its target:
 * when the extension is merged, targets are active already, and an active target starts no newly wanted unit.
 * @throws ToolError `usage` for a unit to enable or not to enable that is not in the image
 */
export function planEnablement(input: EnablementInput): EnablementPlan {
  const catalog = new UnitCatalog(input.units);
  const refused = new Set(input.noEnable.map(name => knownUnit(name, catalog, input.links)));
  const wishes = collectWishes(input, catalog).filter(
    ({ unit }) => !namesOf(unit, input).some(name => refused.has(name)),
  );
  const pulls = uniquePulls(wishes);
  const upheld = [...new Set(pulls.map(({ unit }) => unit))];
  const nameOf = (unit: string) => input.aliases?.get(unit) ?? unit;
  const named = new Set(upheld.map(nameOf));
  const once = runOnce([...named], catalog, input.passes);
  const checked = [...named].flatMap(unit =>
    upheldConditions(
      { name: unit, path: `${UNIT_DIRECTORY}/${unit}`, files: catalog.files(unit) },
      path => input.brings?.(path) === true,
    ),
  );
  const started = startedWith([...upheld, ...(input.started ?? [])], catalog, input.aliases);
  const left = notEnabled(input, catalog, started);
  return {
    files: [
      ...pullFiles(pulls, unit => once.starters.get(nameOf(unit)) ?? unit),
      ...once.files,
    ].sort((a, b) => comparePaths(a.path, b.path)),
    aliases: wishes.flatMap(({ unit, aliases }) => aliases.map(alias => aliasLink(alias, unit))),
    enabled: pulls.map(({ unit, target, reason }) => ({
      unit,
      upheldBy: target,
      dropIn: dropInPath(target, unit),
      reason,
    })),
    notEnabled: left.map(({ unit, wantedBy }) => ({ unit, wantedBy })),
    findings: [...once.findings, ...checked, ...left.map(({ found }) => found)],
  };
}

/** A unit, the units that are to uphold it, and why. */
interface Wish {
  readonly unit: string;
  readonly targets: readonly string[];
  readonly aliases: readonly string[];
  readonly reason: string;
}

interface Pull {
  readonly unit: string;
  readonly target: string;
  readonly reason: string;
}

function collectWishes({ links, enable }: EnablementInput, catalog: UnitCatalog): Wish[] {
  const wishes: Wish[] = links
    // A name that systemd does not accept never was a unit; it must not get into a file either.
    .filter(({ unit, target }) => parseUnitName(unit) && parseUnitName(target))
    .map(({ unit, target, because }) => ({
      unit,
      targets: [target],
      aliases: [],
      reason: because,
    }));
  const seen = new Set<string>();
  const queue = enable.map(name => instantiated(knownUnit(name, catalog), catalog));
  for (const unit of queue) {
    if (seen.has(unit)) continue;
    seen.add(unit);
    const parsed = parseUnitName(unit);
    if (!parsed) continue;
    const files = catalog.files(unit);
    const words = (key: string) => installNames(installWords(files, key), parsed);
    const targets = ['WantedBy', 'RequiredBy', 'UpheldBy'].flatMap(words);
    wishes.push({
      unit,
      targets: targets.length > 0 ? [...new Set(targets)] : [defaultTarget(parsed)],
      aliases: words('Alias').filter(alias => alias !== unit),
      reason: enable.includes(unit)
        ? 'chosen with --enable'
        : 'goes with a unit chosen with --enable',
    });
    append(
      queue,
      words('Also').filter(name => catalog.has(name)),
    );
  }
  return wishes;
}

/** Specifiers resolved; what then is no unit's name is not used. */
function installNames(words: readonly string[], unit: UnitName): string[] {
  return words.flatMap(word => {
    const name = expandSpecifiers(word, unit);
    return name !== undefined && parseUnitName(name) ? [name] : [];
  });
}

function defaultTarget({ type }: UnitName): string {
  if (type === 'socket') return 'sockets.target';
  if (type === 'timer') return 'timers.target';
  if (type === 'path') return 'paths.target';
  return 'multi-user.target';
}

/** The unit that a name from the command line means; `docker` stands for `docker.service`. */
function knownUnit(name: string, catalog: UnitCatalog, links: readonly UnitLink[] = []): string {
  const unit = parseUnitName(name) ? name : `${name}.service`;
  if (!parseUnitName(unit)) throw new ToolError('usage', { what: `'${name}' is not a unit name` });
  if (catalog.has(unit) || links.some(link => link.unit === unit)) return unit;
  const near = similarText(unit, catalog.names);
  throw new ToolError('usage', {
    what: `the image has no unit '${unit}'`,
    ...(near !== undefined && { suggestion: near }),
  });
}

/** A template becomes its default instance. */
function instantiated(name: string, catalog: UnitCatalog): string {
  const parsed = parseUnitName(name);
  if (parsed?.instance !== '') return name;
  const [instance] = installWords(catalog.files(name), 'DefaultInstance');
  const full = `${parsed.prefix}@${instance ?? ''}.${parsed.type}`;
  if (instance !== undefined && parseUnitName(full)) return full;
  throw new ToolError('usage', {
    what: `'${name}' is a template without a default instance`,
    suggestion: `${parsed.prefix}@INSTANCE.${parsed.type}`,
  });
}

function uniquePulls(wishes: readonly Wish[]): Pull[] {
  const pulls = new Map<string, Pull>();
  for (const { unit, targets, reason } of wishes) {
    for (const target of targets) {
      const key = `${target}/${unit}`;
      if (!pulls.has(key)) pulls.set(key, { unit, target, reason });
    }
  }
  return [...pulls.entries()].sort(([a], [b]) => comparePaths(a, b)).map(([, pull]) => pull);
}

/** @param starter what is upheld in place of a unit */
function pullFiles(pulls: readonly Pull[], starter: (unit: string) => string): EnablementFile[] {
  const files = new Map<string, EnablementFile>();
  for (const { unit, target, reason } of pulls) {
    const path = dropInPath(target, unit);
    const before = files.get(path);
    // `a.b.service` and `a-b.service` share a file name.
    const text = `${before?.text ?? '[Unit]\n'}Upholds=${starter(unit)}\n`;
    files.set(path, { path, text, because: `starts ${unit}: ${reason}` });
  }
  return [...files.values()];
}

function dropInPath(target: string, unit: string): string {
  return `${UNIT_DIRECTORY}/${target}.d/10-${unit.replaceAll('.', '-')}.conf`;
}

function aliasLink(alias: string, unit: string) {
  return { path: `${UNIT_DIRECTORY}/${alias}`, target: unit, because: `an alias of ${unit}` };
}

/** What a unit is called: by itself, as an alias of another one, and as an instance of its template. */
function namesOf(unit: string, { aliases }: EnablementInput): string[] {
  const alias = aliases?.get(unit);
  return alias === undefined ? unitFileNames(unit) : [...unitFileNames(unit), alias];
}

function notEnabled(input: EnablementInput, catalog: UnitCatalog, enabled: ReadonlySet<string>) {
  const instances = [...enabled].map(parseUnitName).filter(name => name?.instance);
  const used = new Set(instances.map(name => name?.prefix));
  return catalog.names.flatMap(unit => {
    const parsed = parseUnitName(unit);
    if (!parsed || enabled.has(unit)) return [];
    if (parsed.instance === '' && used.has(parsed.prefix)) return [];
    const files = catalog.files(unit);
    const words = ['WantedBy', 'RequiredBy', 'UpheldBy'].flatMap(key => installWords(files, key));
    const aliases = installWords(files, 'Alias');
    if (words.length === 0 && aliases.length === 0) return [];
    const wantedBy = [...new Set(words)].sort(comparePaths);
    const found = notEnabledFinding({ unit: parsed, wantedBy, enabled }, input);
    return [{ unit, wantedBy, found }];
  });
}

interface NotEnabled {
  readonly unit: UnitName;
  readonly wantedBy: readonly string[];
  /** All units that are started. */
  readonly enabled: ReadonlySet<string>;
}

function notEnabledFinding(
  { unit: { name, prefix, instance, type }, wantedBy, enabled }: NotEnabled,
  input: EnablementInput,
): Finding {
  const starter = ['socket', 'timer', 'path'].map(kind => `${prefix}.${kind}`);
  const started = type === 'service' ? starter.find(unit => enabled.has(unit)) : undefined;
  const wasRefused = input.noEnable.some(
    refused => refused === name || `${refused}.service` === name,
  );
  const why = wasRefused ? 'as --no-enable says' : input.whyNot;
  const asked = instance === '' ? `${prefix}@INSTANCE.${type}` : name;
  const target = wantedBy.find(word => parseUnitName(word)) ?? 'multi-user.target';
  return finding('TX614', {
    path: `${UNIT_DIRECTORY}/${name}`,
    message: `${name} is not enabled, ${why}${started ? `; ${started} starts it` : ''}`,
    fix: {
      safety: 'manual',
      description: `make the image with --enable ${asked}, or on the node write '[Unit]\\nUpholds=${asked}\\n' to /etc/systemd/system/${target}.d/10-${asked.replaceAll('.', '-')}.conf`,
    },
  });
}
