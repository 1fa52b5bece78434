import { parseUnitName, templateName, type UnitName } from '../analyze/unit-name.ts';
import { append } from '../append.ts';
import { ToolError } from '../errors.ts';
import { type Finding, finding } from '../finding.ts';
import { comparePaths } from '../path-text.ts';
import { similarText } from '../similar-text.ts';
import { startedWith } from './started-units.ts';
import { type ImageUnit, installWords, isForgottenOneshot, UnitCatalog } from './unit-facts.ts';
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

export interface EnablementFile {
  /** `usr/lib/systemd/system/sockets.target.d/10-docker-socket.conf` */
  readonly path: string;
  readonly text: string;
  readonly because: string;
}

export interface EnabledUnit {
  readonly unit: string;
  readonly upheldBy: string;
  /** Path of the drop-in. */
  readonly dropIn: string;
  readonly reason: string;
}

/** Where units lie in an extension. */
export const UNIT_DIRECTORY = 'usr/lib/systemd/system';

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
  const named = new Set(upheld.map(unit => input.aliases?.get(unit) ?? unit));
  const remaining = [...named].flatMap(unit => remainAfterExit(unit, catalog));
  const checked = [...named].flatMap(unit =>
    upheldConditions(
      { name: unit, path: `${UNIT_DIRECTORY}/${unit}`, files: catalog.files(unit) },
      path => input.brings?.(path) === true,
    ),
  );
  const started = startedWith([...upheld, ...(input.started ?? [])], catalog, input.aliases);
  const left = notEnabled(input, catalog, started);
  return {
    files: [...pullFiles(pulls), ...remaining.map(({ file }) => file)].sort((a, b) =>
      comparePaths(a.path, b.path),
    ),
    aliases: wishes.flatMap(({ unit, aliases }) => aliases.map(alias => aliasLink(alias, unit))),
    enabled: pulls.map(({ unit, target, reason }) => ({
      unit,
      upheldBy: target,
      dropIn: dropInPath(target, unit),
      reason,
    })),
    notEnabled: left.map(({ unit, wantedBy }) => ({ unit, wantedBy })),
    findings: [
      ...remaining.map(({ found }) => found),
      ...checked,
      ...left.map(({ found }) => found),
    ],
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

function pullFiles(pulls: readonly Pull[]): EnablementFile[] {
  const files = new Map<string, EnablementFile>();
  for (const { unit, target, reason } of pulls) {
    const path = dropInPath(target, unit);
    const before = files.get(path);
    // `a.b.service` and `a-b.service` share a file name.
    const text = `${before?.text ?? '[Unit]\n'}Upholds=${unit}\n`;
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

/** The drop-in that a upheld oneshot needs: what is not active is started again, and a oneshot never is for long. */
function remainAfterExit(unit: string, catalog: UnitCatalog) {
  const files = catalog.files(unit);
  const isService = parseUnitName(unit)?.type === 'service';
  if (!isService || files.length === 0 || !isForgottenOneshot(files)) return [];
  // The last file name wins: one that says RemainAfterExit=no must not come after ours.
  const last = catalog.dropInsWith(unit, 'Service', 'RemainAfterExit').at(-1);
  const usual = '10-remain-after-exit.conf';
  const isLater = last !== undefined && comparePaths(last, usual) >= 0;
  // `90-x.remain…` sorts behind `90-x.conf`.
  const name = isLater ? last.replace(/conf$/, 'remain-after-exit.conf') : usual;
  const path = `${UNIT_DIRECTORY}/${unit}.d/${name}`;
  const file: EnablementFile = {
    path,
    text: '[Service]\nRemainAfterExit=yes\n',
    because: `${unit} is a oneshot that a target upholds`,
  };
  const found = finding('TX613', {
    path: `${UNIT_DIRECTORY}/${unit}`,
    message: `${unit} is a oneshot that does not stay active, and Upholds= would start it over and over: RemainAfterExit=yes was added`,
    fix: {
      safety: 'manual',
      description: `systemctl restart ${unit} runs it again; ${path} can be removed where nothing upholds it`,
    },
  });
  return [{ file, found }];
}

/** What a unit is called: by itself, as an alias of another one, and as an instance of its template. */
function namesOf(unit: string, { aliases }: EnablementInput): string[] {
  const parsed = parseUnitName(unit);
  const template = parsed && templateName(parsed);
  return [unit, aliases?.get(unit), template].filter(name => name !== undefined);
}

function notEnabled(input: EnablementInput, catalog: UnitCatalog, enabled: ReadonlySet<string>) {
  return catalog.names.flatMap(unit => {
    const parsed = parseUnitName(unit);
    if (!parsed || enabled.has(unit)) return [];
    const isTemplate = parsed.instance === '';
    const usedAs = [...enabled].map(name => parseUnitName(name));
    if (isTemplate && usedAs.some(name => name?.prefix === parsed.prefix && name.instance))
      return [];
    const files = catalog.files(unit);
    const words = ['WantedBy', 'RequiredBy', 'UpheldBy'].flatMap(key => installWords(files, key));
    const aliases = installWords(files, 'Alias');
    if (words.length === 0 && aliases.length === 0) return [];
    const wantedBy = [...new Set(words)].sort(comparePaths);
    return [{ unit, wantedBy, found: notEnabledFinding(parsed, wantedBy, input, enabled) }];
  });
}

function notEnabledFinding(
  { name, prefix, instance, type }: UnitName,
  wantedBy: readonly string[],
  input: EnablementInput,
  enabled: ReadonlySet<string>,
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
