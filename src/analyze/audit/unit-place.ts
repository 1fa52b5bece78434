import { parseUnitName, templateName } from '../unit-name.ts';

/** What a unit file or drop-in is, by its path. */
export interface UnitPlace {
  /** The unit that it is or changes; of a drop-in for several units `docker-.service` or `service`. */
  readonly unit: string;
  readonly isDropIn: boolean;
  readonly fileName: string;
  /** Whose units: `system` or `user`; of files that no systemd looks for the directory that they lie in. */
  readonly manager: string;
  /** Of the directory: smaller ones win. */
  readonly rank: number;
}

/** In the order of systemd's search path (systemd.unit(5), "Unit File Load Path"): of one name the first file counts. */
const DIRECTORIES: readonly string[] = [
  '/etc/systemd/MANAGER.control',
  '/run/systemd/MANAGER.control',
  '/run/systemd/transient',
  '/run/systemd/generator.early',
  '/etc/systemd/MANAGER',
  '/etc/systemd/MANAGER.attached',
  '/run/systemd/MANAGER',
  '/run/systemd/MANAGER.attached',
  '/run/systemd/generator',
  '/usr/local/lib/systemd/MANAGER',
  '/usr/lib/systemd/MANAGER',
  '/lib/systemd/MANAGER',
  '/run/systemd/generator.late',
];

const RANKS: ReadonlyMap<string, { readonly manager: string; readonly rank: number }> = new Map(
  ['system', 'user'].flatMap(manager =>
    DIRECTORIES.map((path, rank) => [path.replace('MANAGER', manager), { manager, rank }] as const),
  ),
);

/** What the name says; files that are in none of systemd's directories belong together by their own. */
export function unitPlace(nodePath: string): UnitPlace | undefined {
  const dropIn = /^(?:(.*)\/)?([^/]+)\.d\/([^/]+\.conf)$/.exec(nodePath);
  const [, directory = '', unit = '', fileName = ''] =
    dropIn ?? /^(?:(.*)\/)?(([^/]+\.[a-z]+))$/.exec(nodePath) ?? [];
  if (fileName === '') return;
  const { manager, rank } = RANKS.get(directory) ?? {
    manager: directory,
    rank: DIRECTORIES.length,
  };
  return { unit, isDropIn: dropIn !== null, fileName, manager, rank };
}

/** Whether a drop-in of that name is for all units of a type, or of a prefix. */
export function isForManyUnits(unit: string): boolean {
  return !unit.includes('.') || /-\.[a-z]+$/.test(unit) || /-@\.[a-z]+$/.test(unit);
}

/**
 * What drop-ins for a unit may be called, from the closest on: for `a-b@c.service` that is `a-b@c.service`,
 * `a-b@.service`, `a-.service` and `service` (systemd.unit(5)).
 */
export function dropInNames(unit: string): string[] {
  const parsed = parseUnitName(unit);
  if (!parsed) return [unit];
  const template = templateName(parsed);
  return [unit, ...(template === undefined ? [] : [template]), ...prefixNames(unit), parsed.type];
}

function prefixNames(unit: string): string[] {
  const parsed = parseUnitName(unit);
  if (!parsed) return [];
  const names: string[] = [];
  const { prefix, type } = parsed;
  for (let at = prefix.lastIndexOf('-'); at > 0; at = prefix.lastIndexOf('-', at - 1)) {
    if (at < prefix.length - 1) names.push(`${prefix.slice(0, at + 1)}.${type}`);
  }
  return names;
}
