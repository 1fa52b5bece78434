import { posix } from 'node:path';
import { groupBy } from '../../group-by.ts';
import { comparePaths } from '../../path-text.ts';
import { allSettings, type UnitSetting } from '../unit-file.ts';
import { parseUnitName } from '../unit-name.ts';
import { splitWords } from '../unit-words.ts';
import type { Document } from './document.ts';
import type { UnitSurroundings } from './mentions/unit-mentions.ts';
import { dropInNames, isForManyUnits, type UnitPlace, unitPlace } from './unit-place.ts';

/**
 * The units of a node with their drop-ins, so that each setting can be judged by what becomes of it: a later one may
 * take it back, another file of the same name may hide its file, or the unit is masked.
 */
export class UnitTable {
  /** By manager and the name that a unit or drop-in is for. */
  readonly #files = new Map<string, UnitFiles>();
  /** Other names of units, by manager and unit. */
  readonly #aliases = new Map<string, Set<string>>();
  /** The units that other names stand for, by manager and name. */
  readonly #named = new Map<string, UnitKey>();
  readonly #documents = new Map<string, Document>();
  /** Texts by their paths. */
  readonly #environmentFiles = new Map<string, string>();
  /** Units whose file is linked from elsewhere, by the path of that. */
  readonly #linked = new Map<string, UnitKey>();

  /** A unit or drop-in, or a text that a unit may take variables of Torcx from. */
  add(document: Document): void {
    const place = unitPlace(document.nodePath);
    if (!document.unit) this.#environmentFiles.set(document.nodePath, document.text);
    if (!document.unit || !place) return;
    this.#documents.set(document.nodePath, document);
    this.#filesOf(place).add(place, document.text === '' && !place.isDropIn ? MASK : document);
  }

  /**
   * A link among the units: to /dev/null it masks, to another unit it is a further name of that, to a file elsewhere it
   * is that file. After all documents.
   */
  addLink(nodePath: string, target: string): void {
    const place = unitPlace(nodePath);
    if (!place || !isUnitFile(place)) return;
    if (target === '/dev/null') {
      this.#filesOf(place).add(place, MASK);
      return;
    }
    const path = posix.resolve(posix.dirname(nodePath), target);
    const { manager } = place;
    const unit = place.isDropIn ? place.unit : posix.basename(path);
    if (unit !== place.unit) this.#addAlias(place, { manager, unit });
    const document = this.#documents.get(path);
    if (!document || unitPlace(path)?.manager === manager) return;
    this.#filesOf({ manager, unit }).add({ ...place, unit }, document);
    this.#linked.set(path, { manager, unit });
  }

  surroundings(document: Document): UnitSurroundings {
    const place = unitPlace(document.nodePath);
    const key = this.#keyOf(document);
    const files = key && this.#files.get(keyOf(key));
    // What is for many units is taken back for all of them by itself alone.
    if (!place || !files || (place.isDropIn && isForManyUnits(place.unit)))
      return this.#surroundingsOf([document]);
    // Several texts may be meant for one path; each is judged as if it were the one.
    if (files.surroundings && !files.isAmbiguous) return files.surroundings;
    files.surroundings = this.#surroundingsOf(this.documentsOf(document));
    return files.surroundings;
  }

  /** The file and the drop-ins of the unit that the document is a part of, in the order in which systemd reads them. */
  documentsOf(document: Document): readonly Document[] {
    const key = this.#keyOf(document);
    return key ? this.#read(this.#named.get(keyOf(key)) ?? key, document) : [document];
  }

  #surroundingsOf(documents: readonly Document[]): UnitSurroundings {
    return surroundingsOf(documents, path => this.#environmentFiles.get(path));
  }

  #keyOf({ nodePath }: Document): UnitKey | undefined {
    return this.#linked.get(nodePath) ?? unitPlace(nodePath);
  }

  #addAlias(alias: UnitKey, unit: UnitKey): void {
    const names = this.#aliases.get(keyOf(unit)) ?? new Set();
    this.#aliases.set(keyOf(unit), names.add(alias.unit));
    this.#named.set(keyOf(alias), unit);
  }

  #read({ manager, unit }: UnitKey, chosen: Document): Document[] {
    const aliases = [...(this.#aliases.get(keyOf({ manager, unit })) ?? [])];
    const filesAt = (name: string) => this.#files.get(keyOf({ manager, unit: name }));
    const fragments = [unit, ...aliases].flatMap(name => filesAt(name)?.fragments ?? []);
    const fragment = first(fragments, chosen);
    if (fragment === MASK) return [];
    const names = [...dropInNames(unit), ...aliases.flatMap(dropInNames)];
    // The closer name wins only where the directory does not decide; a whole type comes behind everything else.
    const placedDropIns = [...new Set(names)].flatMap((name, index) =>
      (filesAt(name)?.dropIns ?? []).map(placed => {
        const isForType = name.includes('.') ? 0 : 1;
        return { ...placed, order: [isForType, ...placed.order, index] };
      }),
    );
    const dropIns = [...groupBy(placedDropIns, ({ fileName }) => fileName)]
      .sort(([a], [b]) => comparePaths(a, b))
      .map(([, placed]) => first(placed, chosen));
    return [fragment, ...dropIns].filter(file => file !== undefined && file !== MASK);
  }

  #filesOf(place: UnitKey): UnitFiles {
    const key = keyOf(place);
    const known = this.#files.get(key);
    if (known) return known;
    const files = new UnitFiles();
    this.#files.set(key, files);
    return files;
  }
}

/** Stands for a file that is a link to /dev/null, or empty: systemd reads nothing there. */
const MASK = 'mask';

interface Placed {
  /** Of several files for one name the smallest counts, compared number by number. */
  readonly order: readonly number[];
  readonly fileName: string;
  readonly file: Document | typeof MASK;
}

class UnitFiles {
  readonly fragments: Placed[] = [];
  readonly dropIns: Placed[] = [];
  /** Several texts are meant for the same path. */
  isAmbiguous = false;
  surroundings: UnitSurroundings | undefined;
  readonly #paths = new Set<string>();

  add({ isDropIn, rank, fileName }: UnitPlace, file: Placed['file']): void {
    (isDropIn ? this.dropIns : this.fragments).push({ order: [rank], fileName, file });
    const path = `${isDropIn} ${rank} ${fileName}`;
    this.isAmbiguous ||= this.#paths.has(path);
    this.#paths.add(path);
  }
}

type UnitKey = Pick<UnitPlace, 'manager' | 'unit'>;

function isUnitFile({ unit, isDropIn }: UnitPlace): boolean {
  return isDropIn || parseUnitName(unit) !== undefined;
}

function keyOf({ manager, unit }: UnitKey): string {
  return `${manager}\0${unit}`;
}

/** Of files for one name the one that counts; `chosen` takes the place of others at its own path. */
function first(files: readonly Placed[], chosen: Document): Placed['file'] | undefined {
  const [best, ...others] = files.toSorted(compareOrders);
  const own = others.find(({ file }) => file === chosen);
  return own && best && compareOrders(own, best) === 0 ? own.file : best?.file;
}

function compareOrders({ order: a }: Placed, { order: b }: Placed): number {
  const differences = a.map((number, index) => number - (b[index] ?? 0));
  return differences.find(difference => difference !== 0) ?? 0;
}

/** An empty assignment takes back none of these (systemd.unit(5)). */
const NOT_RESET =
  /^(?:Requires|Requisite|Wants|BindsTo|PartOf|Upholds|Conflicts|Before|After|OnFailure|OnSuccess|JoinsNamespaceOf|(?:Requires|Wants)MountsFor|Propagates(?:Reload|Stop)To|(?:Reload|Stop)PropagatedFrom)$/;

/** An empty condition of any kind takes back all of them, and an empty assertion all assertions (systemd.unit(5)). */
function listOf(key: string): string {
  return /^(?:Condition|Assert)(?=[A-Z])/.exec(key)?.[0] ?? key;
}

/** The text of a file of the node, as far as it may set variables of Torcx. */
type ReadFile = (path: string) => string | undefined;

/** @param documents those that systemd reads, in its order */
function surroundingsOf(documents: readonly Document[], readFile: ReadFile): UnitSurroundings {
  const read = documents.flatMap(({ unit }) => (unit ? allSettings(unit) : []));
  const open = new Map<string, UnitSetting[]>();
  for (const setting of read) {
    const id = `${setting.section}/${listOf(setting.key)}`;
    if (setting.value === '' && !NOT_RESET.test(setting.key)) open.set(id, []);
    else if (!open.get(id)?.push(setting)) open.set(id, [setting]);
  }
  const live = new Set([...open.values()].flat());
  const variables = assignedVariables([...live]);
  for (const [name, value] of readVariables([...live], readFile)) variables.set(name, value);
  return {
    isOverridden: setting => !live.has(setting) && setting.value !== '',
    environment: name => variables.get(name),
  };
}

function assignedVariables(settings: readonly UnitSetting[]): Map<string, string> {
  const variables = new Map<string, string>();
  for (const { key, value } of settings) {
    if (key !== 'Environment') continue;
    for (const { text } of splitWords(value)) {
      const equals = text.indexOf('=');
      if (equals > 0) variables.set(text.slice(0, equals), text.slice(equals + 1));
    }
  }
  return variables;
}

/** Those of environment files; they win over those of the unit, in whatever order they stand (systemd.exec(5)). */
function* readVariables(
  settings: readonly UnitSetting[],
  readFile: ReadFile,
): Generator<readonly [string, string]> {
  for (const { key, value } of settings) {
    const text = key === 'EnvironmentFile' ? readFile(value.replace(/^-/, '')) : undefined;
    if (text === undefined) continue;
    for (const [, name = '', assigned = ''] of text.matchAll(ASSIGNMENT)) yield [name, assigned];
  }
}

const ASSIGNMENT = /^[ \t]*(TORCX_\w+)=["']?([^\s"']*)/gm;
