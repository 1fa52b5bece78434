import { type Embedding, indentedEmbedding, mappedEmbedding } from '../embedding.ts';
import {
  type DecodedText,
  decodeDoubleQuoted,
  decodeSingleQuoted,
  encodeDoubleQuoted,
} from '../escaped-text.ts';
import { type ConfigMap, configMap } from './config-map.ts';

/**
 * The mappings of a YAML text, read by indentation alone. A YAML parser would refuse what operators really keep:
 * Helm and Go templates, and half-written fragments. Anchors, tags and flow mappings over several lines are passed over.
 */
export function yamlMap(text: string): ConfigMap {
  return new YamlReader(text).read();
}

interface OpenMap {
  readonly column: number;
  readonly map: ConfigMap;
}

interface YamlLine {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const ENTRY =
  /^( *)((?:- +)*)(?:(["']?)([^\s"'#{}[\],&*!|>%@`-][^"'{}[\],#]*?|-[^\s"'{}[\],#]+?)\3)[ \t]*:(?:[ \t]+(.*))?$/;
const FLOW_ITEM = /^( *)((?:- +)+)(\{.*\})[ \t]*(?:#.*)?$/;
const BLOCK = /^(?:!\S+[ \t]+)?[|>][-+]?[1-9]?[-+]?[ \t]*(?:#.*)?$/;

const BLOCK_ITEM = /^( *)- +[|>][-+]?[1-9]?[ \t]*(?:#.*)?$/;
/** Begins the key of a text that is an item of a list: a command, mostly. */
export const ITEM_KEY = '-';

class YamlReader {
  readonly #text: string;
  readonly #lines: readonly YamlLine[];
  readonly #root = configMap('');
  #open: OpenMap[] = [{ column: -1, map: this.#root }];

  constructor(text: string) {
    this.#text = text;
    let start = 0;
    this.#lines = (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map(line => {
      const at = start;
      start += line.length;
      return { start: at, end: start, text: line.replace(/\r?\n$/, '') };
    });
  }

  read(): ConfigMap {
    for (let index = 0; index < this.#lines.length; ) index = this.#readLine(index);
    return this.#root;
  }

  /** @returns the next line to read */
  #readLine(index: number): number {
    const line = this.#lines[index];
    if (!line) return index + 1;
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(line.text)) this.#open = [{ column: -1, map: this.#root }];
    const item = BLOCK_ITEM.exec(line.text);
    if (item) {
      const column = (item[1] ?? '').length;
      const map = this.#mapAt(column + 2, true, column);
      // A list has no keys; the place tells the texts of one list apart.
      return this.#readBlock(index, { key: `${ITEM_KEY}${index}`, map, column });
    }
    const flow = FLOW_ITEM.exec(line.text);
    if (flow) this.#readFlowItem(line, flow);
    const entry =
      line.text.length > LONGEST_KEY_LINE ? longEntry(line.text) : ENTRY.exec(line.text);
    if (!entry) return index + 1;
    const [, indentation = '', dashes = '', , key = '', rest = ''] = entry;
    const map = this.#mapAt(indentation.length + dashes.length, dashes !== '', indentation.length);
    if (BLOCK.test(rest))
      return this.#readBlock(index, { key, map, column: indentation.length + dashes.length });
    const at = line.start + line.text.length - rest.length;
    if (rest.startsWith('{')) this.#readFlow(at, key, map);
    else if (rest !== '') addScalar(map, key, scalar(this.#text, at, rest));
    else map.scalars.set(key, { key, value: emptyScalar(at) });
    return index + 1;
  }

  #mapAt(column: number, isItem: boolean, indentation: number): ConfigMap {
    const limit = isItem ? indentation : column;
    while ((this.#open.at(-1)?.column ?? -1) > limit) this.#open.pop();
    if (isItem) {
      // A list may stand at the column of the key that it belongs to.
      while ((this.#open.at(-1)?.column ?? -1) > indentation) this.#open.pop();
    } else if (this.#open.at(-1)?.column === column) {
      return this.#open.at(-1)?.map ?? this.#root;
    }
    const parent = this.#open.at(-1)?.map ?? this.#root;
    const map = configMap(lastKey(parent), parent);
    this.#open.push({ column, map });
    return map;
  }

  #readBlock(
    index: number,
    { key, map, column }: { key: string; map: ConfigMap; column: number },
  ): number {
    let last = index;
    let indentation: string | undefined;
    for (let next = index + 1; next < this.#lines.length; next += 1) {
      const text = this.#lines[next]?.text ?? '';
      if (text.trim() === '') continue;
      const lead = /^[ \t]*/.exec(text)?.[0] ?? '';
      if (lead.length <= column && !(lead.length === column && column === 0 && /^\{\{/.test(text)))
        break;
      indentation ??= lead;
      last = next;
    }
    if (indentation === undefined) return index + 1;
    const start = this.#lines[index + 1]?.start ?? 0;
    const end = this.#lines[last]?.end ?? start;
    map.scalars.set(key, {
      key,
      value: indentedEmbedding({ outer: this.#text, start, end, indentation }),
    });
    return last + 1;
  }

  #readFlowItem(line: YamlLine, [, indentation = '', dashes = '', flow = '']: RegExpExecArray) {
    const column = indentation.length + dashes.length;
    const map = this.#mapAt(column, true, indentation.length);
    this.#addFlow(line.start + column, flow, map);
  }

  #readFlow(at: number, key: string, parent: ConfigMap) {
    const end = this.#text.indexOf('\n', at);
    this.#addFlow(at, this.#text.slice(at, end < 0 ? undefined : end), configMap(key, parent));
  }

  #addFlow(at: number, flow: string, map: ConfigMap) {
    if (flow.length > LONGEST_FLOW) return;
    for (const match of flow.matchAll(/([\w.-]+)[ \t]*:[ \t]*("[^"]*"|'[^']*'|[^,{}]+)/g)) {
      const [whole, key = '', value = ''] = match;
      addScalar(
        map,
        key,
        scalar(this.#text, at + match.index + whole.length - value.length, value.trim()),
      );
    }
  }
}

/** Nobody writes a longer one by hand; the patterns would take their time with it. */
const LONGEST_FLOW = 2000;
const LONGEST_KEY_LINE = 1000;

/** A key before a value that is too long to be looked at by a pattern, such as base64. */
function longEntry(text: string): RegExpExecArray | null {
  const entry = ENTRY.exec(text.slice(0, text.indexOf(':') + 2));
  if (entry) entry[5] = text.slice(entry[0].length).trimStart();
  return entry;
}

function lastKey(map: ConfigMap): string {
  return [...map.scalars.keys()].at(-1) ?? '';
}

function addScalar(map: ConfigMap, key: string, value: Embedding | undefined): void {
  if (value) map.scalars.set(key, { key, value });
}

function scalar(text: string, at: number, rest: string): Embedding | undefined {
  const tag = /^(?:[!&]\S+[ \t]+)+/.exec(rest)?.[0].length ?? 0;
  const from = at + tag;
  const quote = text.charAt(from);
  if (quote === '"') return embed(decodeDoubleQuoted(text, from + 1), encodeDoubleQuoted);
  if (quote === "'") return embed(decodeSingleQuoted(text, from + 1), singleQuoted);
  const plain = rest
    .slice(tag)
    .replace(/[ \t]+#.*$/, '')
    .trimEnd();
  const offsets = Array.from({ length: plain.length + 1 }, (_, index) => from + index);
  return embed({ text: plain, offsets }, plainScalar);
}

function embed(decoded: DecodedText | undefined, encode: (text: string) => string | undefined) {
  return decoded && mappedEmbedding({ ...decoded, encode });
}

function singleQuoted(text: string): string | undefined {
  return text.includes('\n') ? undefined : text.replaceAll("'", "''");
}

function plainScalar(text: string): string | undefined {
  return /[\n"'#]|: /.test(text) ? undefined : text;
}

function emptyScalar(at: number): Embedding {
  return mappedEmbedding({ text: '', offsets: [at], encode: () => undefined });
}
