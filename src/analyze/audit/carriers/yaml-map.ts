import { type Embedding, plainEmbedding } from '../embedding.ts';
import { type ConfigMap, configMap, ITEM_KEY } from './config-map.ts';
import { blockHeader, readBlock } from './yaml/yaml-block.ts';
import { type FlowTarget, readFlow } from './yaml/yaml-flow.ts';
import { findKey } from './yaml/yaml-key.ts';
import { isBlank, isComment, isTemplateLine, type YamlLine, yamlLines } from './yaml/yaml-line.ts';
import { readPlain } from './yaml/yaml-plain.ts';
import { readQuoted } from './yaml/yaml-quoted.ts';

/**
 * The mappings of a YAML text, read as far as it can be: a YAML parser would refuse what operators really keep, which
 * is Helm and Go templates and half-written fragments. Scalars of every style, flow collections, anchors, aliases,
 * merge keys and several documents are understood; explicit keys (`? key`) are passed over.
 */
export function yamlMap(text: string): ConfigMap {
  return new YamlReader(text).read();
}

/** The mappings of a text in braces that is no strict JSON: with comments, commas too many, or a template for some. */
export function looseJsonMap(text: string): ConfigMap | undefined {
  const start = text.search(/[{[]/);
  if (start < 0) return;
  const map = configMap('');
  const ignore = () => undefined;
  readFlow(text, start, { map, key: '', column: -1, isLoose: true, alias: ignore, anchor: ignore });
  return map;
}

interface OpenMap {
  readonly column: number;
  readonly map: ConfigMap;
  /** What comes deeper belongs to it. */
  key: string;
  /** Holds the texts of a list. */
  readonly isList: boolean;
}

/** Where a value begins, and what it is a part of. */
interface ValuePlace {
  readonly index: number;
  /** In the line. */
  readonly at: number;
  readonly key: string;
  readonly map: ConfigMap;
  readonly column: number;
}

class YamlReader {
  readonly #text: string;
  readonly #lines: readonly YamlLine[];
  readonly #root = configMap('');
  #open: OpenMap[] = [];
  #anchors = new Map<string, Embedding | ConfigMap>();
  /** An anchor whose value is the mapping that comes next. */
  #openAnchor: string | undefined;
  /** A key whose value did not begin on its line. */
  #openKey: Omit<ValuePlace, 'index' | 'at'> | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#lines = yamlLines(text);
  }

  read(): ConfigMap {
    this.#beginDocument();
    for (let index = 0; index < this.#lines.length; ) {
      const line = this.#lines[index];
      if (!line) break;
      index = this.#readLine(line, index);
    }
    return this.#root;
  }

  #beginDocument(): void {
    this.#open = [{ column: -1, map: this.#root, key: '', isList: false }];
    this.#anchors = new Map();
    this.#openAnchor = undefined;
    this.#openKey = undefined;
  }

  /** @returns the next line to read */
  #readLine(line: YamlLine, index: number): number {
    const marker = /^(?:---|\.\.\.)(?:[ \t]+|$)/.exec(line.text);
    if (marker) this.#beginDocument();
    if (isBlank(line) || isComment(line) || isTemplateLine(line)) return index + 1;
    const open = this.#openKey;
    this.#openKey = undefined;
    const start = marker?.[0].length ?? line.indentation;
    const dashes = marker ? 0 : dashesAt(line.text, start);
    const at = start + dashes;
    const dash = dashes > 0 ? line.text.lastIndexOf('-', at - 1) : line.indentation;
    if (at >= line.text.length || (marker && line.text.charAt(at) === '#')) {
      // What comes next is an item of its own.
      if (dashes > 0) this.#closeDeeper(dash);
      return index + 1;
    }
    const column = marker ? -1 : at;
    const found = marker ? undefined : findKey(line.text, at);
    if (found) {
      const map = this.#mapAt({ column, dash, isItem: dashes > 0 });
      return this.#readValue({ index, at: found.end, key: found.key, map, column });
    }
    if (open && dashes === 0 && at > open.column) return this.#readValue({ ...open, index, at });
    if (dashes === 0 && column >= 0 && !/^[[{]/.test(line.text.slice(at))) return index + 1;
    const map = this.#listAt(dash);
    const key = `${ITEM_KEY}${index}`;
    return this.#readValue({ index, at, key, map, column: dashes > 0 ? dash : column });
  }

  #readValue(place: ValuePlace): number {
    const { index, key, map } = place;
    const line = this.#lines[index];
    const top = this.#open.at(-1);
    if (!line || !top) return index + 1;
    if (!top.isList) top.key = key;
    const marks = /^(?:[&!][^\s,[\]{}]*(?:[ \t]+|$))+/.exec(line.text.slice(place.at))?.[0] ?? '';
    const anchor = /&([^\s,[\]{}]+)/.exec(marks)?.[1];
    const at = place.at + marks.length;
    const rest = line.text.slice(at);
    const start = line.start + at;
    if (rest === '' || rest.startsWith('#')) {
      this.#openAnchor = anchor;
      this.#openKey = place;
      map.scalars.set(key, { key, value: nothingAt(start) });
      return index + 1;
    }
    if (rest.startsWith('*')) {
      this.#alias(/^[^\s,[\]{}]*/.exec(rest.slice(1))?.[0] ?? '', map, key);
      return index + 1;
    }
    const first = rest.charAt(0);
    if (/^(?:\[(?!\{\{)|\{(?!\{))/.test(rest)) return this.#readFlow({ ...place, at });
    const header = blockHeader(rest);
    if (header) {
      const below = { lines: this.#lines, index: index + 1, column: place.column };
      const { value, next } = readBlock(this.#text, header, below);
      this.#add(place, value, anchor);
      return next;
    }
    if (first === '"' || first === "'") {
      const read = readQuoted(this.#text, start, place.column);
      this.#add(place, read?.value, anchor);
      return read ? this.#lineBehind(read.end, index) : index + 1;
    }
    const below = { lines: this.#lines, index: index + 1, column: place.column };
    const { value, next } = readPlain(rest, start, below);
    this.#add(place, value, anchor);
    return next;
  }

  #add({ map, key }: ValuePlace, value: Embedding | undefined, anchor: string | undefined): void {
    if (!value) return;
    map.scalars.set(key, { key, value });
    if (anchor !== undefined) this.#anchors.set(anchor, value);
  }

  #readFlow({ index, at, key, map, column }: ValuePlace): number {
    const line = this.#lines[index];
    if (!line) return index + 1;
    const isItem = key.startsWith(ITEM_KEY);
    const target: FlowTarget = {
      // A list is no level of its own.
      map: isItem ? (map.parent ?? map) : map,
      key: isItem ? map.key : key,
      column,
      isLoose: false,
      alias: (name, inner, innerKey) => this.#alias(name, inner, innerKey),
      anchor: (name, value) => void this.#anchors.set(name, value),
    };
    const end = readFlow(this.#text, line.start + at, target);
    return this.#lineBehind(end, index);
  }

  /** The first line that begins behind `offset`. */
  #lineBehind(offset: number, index: number): number {
    let next = index + 1;
    while ((this.#lines[next]?.start ?? Number.POSITIVE_INFINITY) < offset) next += 1;
    return next;
  }

  /**
   * What the anchor stands for, at the place of the anchor. Of a mapping no more than its own scalars: aliases of aliases
   * grow without bounds.
   */
  #alias(name: string, map: ConfigMap, key: string): void {
    const anchored = this.#anchors.get(name);
    if (!anchored) return;
    if ('text' in anchored) {
      map.scalars.set(key, { key, value: anchored });
      return;
    }
    const target = key === '<<' ? map : configMap(key, map);
    for (const [own, scalar] of anchored.scalars) {
      if (!target.scalars.has(own)) target.scalars.set(own, scalar);
    }
  }

  #closeDeeper(column: number): void {
    while (this.#column > column) this.#open.pop();
  }

  #mapAt({ column, dash, isItem }: MapPlace): ConfigMap {
    this.#closeDeeper(isItem ? dash : column);
    const top = this.#open.at(-1);
    if (!isItem && top?.column === column && !top.isList) return top.map;
    if (!isItem && top?.column === column) this.#open.pop();
    return this.#push(column, false);
  }

  /** The mapping that holds the texts of the list whose dashes are at `dash`. */
  #listAt(dash: number): ConfigMap {
    // The list may stand at the column of the key that it belongs to, and its texts are one column deeper.
    this.#closeDeeper(dash + 1);
    const top = this.#open.at(-1);
    if (top?.isList && top.column === dash + 1) return top.map;
    this.#closeDeeper(dash);
    return this.#push(dash + 1, true);
  }

  get #column(): number {
    return this.#open.at(-1)?.column ?? -1;
  }

  #push(column: number, isList: boolean): ConfigMap {
    const top = this.#open.at(-1);
    const map = configMap(top?.key ?? '', top?.map ?? this.#root);
    this.#open.push({ column, map, key: map.key, isList });
    if (this.#openAnchor !== undefined && !isList) this.#anchors.set(this.#openAnchor, map);
    this.#openAnchor = undefined;
    return map;
  }
}

interface MapPlace {
  readonly column: number;
  /** Column of the innermost dash of the line. */
  readonly dash: number;
  readonly isItem: boolean;
}

/** The length of `- - ` at `at`. */
function dashesAt(text: string, at: number): number {
  const dashes = /(?:-(?:[ \t]+|$))+/y;
  dashes.lastIndex = at;
  return dashes.exec(text)?.[0].length ?? 0;
}

function nothingAt(start: number): Embedding {
  return plainEmbedding({ text: '', start, encode: () => undefined });
}
