import { comparePaths } from '../../path-text.ts';
import { allSettings, type UnitSetting } from '../unit-file.ts';
import { splitWords } from '../unit-words.ts';
import type { Document } from './document.ts';
import type { UnitSurroundings } from './mentions/unit-mentions.ts';

/** The units of a node with their drop-ins, so that each setting can be judged by what becomes of it. */
export class UnitTable {
  readonly #units = new Map<string, UnitParts>();

  add(document: Document): void {
    const place = unitPlace(document.nodePath);
    if (!document.unit || !place) return;
    const parts = this.#parts(place.unit);
    (place.isDropIn ? parts.dropIns : parts.fragments).push(document);
    parts.surroundings = undefined;
  }

  /** A link to /dev/null, or an empty file: systemd starts nothing of that name. */
  mask(nodePath: string): void {
    const place = unitPlace(nodePath);
    if (place && !place.isDropIn) this.#parts(place.unit).isMasked = true;
  }

  surroundings(document: Document): UnitSurroundings {
    const place = unitPlace(document.nodePath);
    const parts = place && this.#units.get(place.unit);
    if (!parts) return surroundingsOf({ ...newParts(), fragments: [document] });
    parts.surroundings ??= surroundingsOf(parts);
    return parts.surroundings;
  }

  /** The unit's own file and its drop-ins, in the order in which systemd reads them. */
  documents(unit: string): readonly Document[] {
    const parts = this.#units.get(unit);
    return parts ? inOrder(parts) : [];
  }

  #parts(unit: string): UnitParts {
    const known = this.#units.get(unit);
    if (known) return known;
    const parts = newParts();
    this.#units.set(unit, parts);
    return parts;
  }
}

interface UnitParts {
  readonly fragments: Document[];
  readonly dropIns: Document[];
  isMasked: boolean;
  surroundings: UnitSurroundings | undefined;
}

function newParts(): UnitParts {
  return { fragments: [], dropIns: [], isMasked: false, surroundings: undefined };
}

/** The unit that a file is or changes. */
export function unitPlace(
  nodePath: string,
): { readonly unit: string; readonly isDropIn: boolean } | undefined {
  const [, dropIn] = /(?:^|\/)([^/]+)\.d\/[^/]+\.conf$/.exec(nodePath) ?? [];
  if (dropIn !== undefined) return { unit: dropIn, isDropIn: true };
  const name = nodePath.slice(nodePath.lastIndexOf('/') + 1);
  return /\.[a-z]+$/.test(name) ? { unit: name, isDropIn: false } : undefined;
}

/** In the order of systemd's search path (systemd.unit(5)): only the first file of a name is read. */
const DIRECTORIES = ['/etc/', '/run/', '/usr/local/lib/', '/usr/lib/', '/lib/'];

function precedence({ nodePath }: Document): number {
  const index = DIRECTORIES.findIndex(directory => nodePath.startsWith(directory));
  return index < 0 ? DIRECTORIES.length : index;
}

function inOrder({ fragments, dropIns }: UnitParts): Document[] {
  const [fragment] = fragments.toSorted((a, b) => precedence(a) - precedence(b));
  const name = ({ nodePath }: Document) => nodePath.slice(nodePath.lastIndexOf('/') + 1);
  const ordered = dropIns.toSorted((a, b) => comparePaths(name(a), name(b)));
  return fragment ? [fragment, ...ordered] : ordered;
}

/** An empty assignment takes back none of these (systemd.unit(5)). */
const NOT_RESET =
  /^(?:Requires|Requisite|Wants|BindsTo|PartOf|Upholds|Conflicts|Before|After|OnFailure|OnSuccess)$/;

function surroundingsOf(parts: UnitParts): UnitSurroundings {
  const read = inOrder(parts).flatMap(({ unit }) => (unit ? allSettings(unit) : []));
  const live = new Set<UnitSetting>();
  const open = new Map<string, UnitSetting[]>();
  for (const setting of read) {
    const id = `${setting.section}/${setting.key}`;
    if (setting.value === '' && !NOT_RESET.test(setting.key)) open.set(id, []);
    else if (!open.get(id)?.push(setting)) open.set(id, [setting]);
  }
  for (const list of open.values()) for (const setting of list) live.add(setting);
  const variables = assignedVariables([...live]);
  return {
    isOverridden: setting => parts.isMasked || (!live.has(setting) && setting.value !== ''),
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
