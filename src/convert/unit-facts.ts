import { unitBoolean } from '../analyze/unit-boolean.ts';
import { effectiveSettings, parseUnitFile, type UnitFile } from '../analyze/unit-file.ts';
import { parseUnitName, templateName } from '../analyze/unit-name.ts';
import { comparePaths } from '../path-text.ts';
import { settingWords } from './unit-needs.ts';

/** A unit that the extension brings, with the drop-ins that it brings for it. */
export interface ImageUnit {
  /** `docker.socket` */
  readonly name: string;
  readonly text: string;
  readonly dropIns: readonly UnitDropIn[];
}

export interface UnitDropIn {
  /** File name: systemd reads drop-ins in the order of their names, whatever their directory. */
  readonly name: string;
  readonly text: string;
}

/** The units of an extension by name; an instance has the file of its template. */
export class UnitCatalog {
  readonly #units: ReadonlyMap<string, ImageUnit>;

  constructor(units: readonly ImageUnit[]) {
    this.#units = new Map(units.map(unit => [unit.name, unit]));
  }

  get names(): string[] {
    return [...this.#units.keys()].sort(comparePaths);
  }

  has(name: string): boolean {
    return this.files(name).length > 0;
  }

  /** The unit and its drop-ins in systemd's order; empty when the extension doesn't bring the unit itself. */
  files(name: string): UnitFile[] {
    const own = this.#units.get(name);
    const parsed = parseUnitName(name);
    const template = this.#units.get((parsed && templateName(parsed)) ?? '');
    const main = own ?? template;
    if (!main) return [];
    return [main.text, ...this.#dropIns(name).map(({ text }) => text)].map(parseUnitFile);
  }

  /** Names of the drop-ins, in systemd's order, that say something about a setting. */
  dropInsWith(name: string, section: string, key: string): string[] {
    const sets = ({ text }: UnitDropIn) =>
      effectiveSettings([parseUnitFile(text)], section, key).length > 0;
    return this.#dropIns(name)
      .filter(sets)
      .map(dropIn => dropIn.name);
  }

  #dropIns(name: string): UnitDropIn[] {
    const parsed = parseUnitName(name);
    const template = this.#units.get((parsed && templateName(parsed)) ?? '');
    const own = this.#units.get(name);
    // For one file name the directory of the instance wins over the template's.
    const byName = new Map<string, UnitDropIn>();
    for (const dropIn of [...(template?.dropIns ?? []), ...(own?.dropIns ?? [])]) {
      byName.set(dropIn.name, dropIn);
    }
    return [...byName.values()].sort((a, b) => comparePaths(a.name, b.name));
  }
}

/**
 * Whether systemd forgets that the service ran as soon as it is done: a oneshot without RemainAfterExit=. A service
 * without a type and without ExecStart= is one too.
 */
export function isForgottenOneshot(files: readonly UnitFile[]): boolean {
  const type = serviceType(files);
  const isOneshot =
    type === 'oneshot' ||
    (type === undefined &&
      effectiveSettings(files, 'Service', 'ExecStart').length === 0 &&
      effectiveSettings(files, 'Service', 'BusName').length === 0);
  return isOneshot && !remainsAfterExit(files);
}

/** Whether the service is active when its program has ended well. */
export function remainsAfterExit(files: readonly UnitFile[]): boolean {
  const value = serviceSetting(files, 'RemainAfterExit', text => unitBoolean(text) !== undefined);
  return value !== undefined && unitBoolean(value) === true;
}

/** What the service says that it is; undefined: nothing. */
export function serviceType(files: readonly UnitFile[]): string | undefined {
  return serviceSetting(files, 'Type', value => SERVICE_TYPES.has(value));
}

/** The words of a list setting of `[Install]`. */
export function installWords(files: readonly UnitFile[], key: string): string[] {
  return settingWords(files, 'Install', key);
}

const SERVICE_TYPES: ReadonlySet<string> = new Set([
  'simple',
  'exec',
  'forking',
  'oneshot',
  'dbus',
  'notify',
  'notify-reload',
  'idle',
]);

/** The last value of a setting of `[Service]` that systemd accepts; it ignores the others with a warning. */
export function serviceSetting(
  files: readonly UnitFile[],
  key: string,
  isValid: (value: string) => boolean,
): string | undefined {
  const values = files.flatMap(file => effectiveSettings([file], 'Service', key));
  return values.map(({ value }) => value).findLast(isValid);
}
