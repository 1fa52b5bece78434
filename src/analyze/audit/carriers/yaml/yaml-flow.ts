import { mappedEmbedding } from '../../embedding.ts';
import { type ConfigMap, configMap, ITEM_KEY } from '../config-map.ts';
import { plainScalar } from './yaml-plain.ts';
import { type ReadScalar, readQuoted } from './yaml-quoted.ts';

/** What a flow collection is read into, and what it has to know about the text around it. */
export interface FlowTarget {
  readonly map: ConfigMap;
  /** Under which the collection stands in `map`. */
  readonly key: string;
  /** A line that is indented no deeper, and begins like one of the block style, ends a collection that nobody closed. */
  readonly column: number;
  /** The text is nearly JSON, and may have the comments of JavaScript. */
  readonly isLoose: boolean;
  alias(name: string, map: ConfigMap, key: string): void;
  anchor(name: string, value: ReadScalar['value']): void;
}

/** Nobody nests deeper; a text of brackets alone would fill the memory with mappings. */
const MOST_LEVELS = 200;

/** A mapping, or a list in one. */
interface Level {
  readonly map: ConfigMap;
  /** Of a list: the key that it stands under in the mapping. */
  readonly listKey?: string;
  /** That has been read, and waits for its value. */
  key: string | undefined;
  /** Holds the texts of a list. */
  texts: ConfigMap | undefined;
}

/**
 * Reads `{…}` or `[…]`, over as many lines as it takes, into mappings. JSON with comments is read as well, and so are
 * templates that become JSON: what makes no sense is passed over.
 * @returns where the text goes on
 */
export function readFlow(source: string, at: number, target: FlowTarget): number {
  return new FlowReader(source, at, target).read();
}

class FlowReader {
  readonly #source: string;
  readonly #target: FlowTarget;
  readonly #levels: Level[] = [];
  #at: number;
  #anchor: string | undefined;

  constructor(source: string, at: number, target: FlowTarget) {
    this.#source = source;
    this.#at = at;
    this.#target = target;
  }

  read(): number {
    do {
      if (!this.#step()) break;
    } while (this.#levels.length > 0 && this.#at < this.#source.length);
    return this.#at;
  }

  /** @returns false where the collection ends without its bracket */
  #step(): boolean {
    const character = this.#source.charAt(this.#at);
    const next = this.#source.charAt(this.#at + 1);
    if (character === '\n') return this.#readBreak();
    if (/[ \t\r]/.test(character)) this.#at += 1;
    else if (this.#isComment(character, next)) this.#skipComment(next);
    else if (character === '{' && next === '{') this.#skipTemplate();
    else if (character === '{' || character === '[') this.#open(character === '[');
    else if (character === '}' || character === ']') this.#close();
    else if (character === ',') this.#endItem();
    else if (character === ':' && !/[^\s,[\]{}"']/.test(next)) this.#at += 1;
    else if (character === '&' || character === '!' || character === '*') this.#readMark(character);
    else if (character === '"' || character === "'") this.#readQuoted();
    else this.#readPlain();
    return true;
  }

  get #level(): Level | undefined {
    return this.#levels.at(-1);
  }

  #readBreak(): boolean {
    this.#at += 1;
    return this.#goesOn(this.#at);
  }

  /** Whether the line that begins at `start` may be a part of the collection. */
  #goesOn(start: number): boolean {
    if (this.#target.column < 0) return true;
    const line = /[^\n]*/y;
    line.lastIndex = start;
    const [text = ''] = line.exec(this.#source) ?? [];
    const indentation = /^ */.exec(text)?.[0].length ?? 0;
    return indentation > this.#target.column || !/^ *(?:- |[\w./-]+:(?:\s|$))/.test(text);
  }

  #isComment(character: string, next: string): boolean {
    if (character === '#') return /\s/.test(this.#source.charAt(this.#at - 1));
    return this.#target.isLoose && character === '/' && (next === '/' || next === '*');
  }

  #skipComment(next: string): void {
    const end =
      next === '*'
        ? this.#source.indexOf('*/', this.#at + 2) + 1
        : this.#source.indexOf('\n', this.#at) - 1;
    // The line break itself is read as one.
    this.#at = end < this.#at ? this.#source.length : end + 1;
  }

  #skipTemplate(): void {
    const end = this.#source.indexOf('}}', this.#at);
    const lineEnd = this.#source.indexOf('\n', this.#at);
    const isOpen = end < 0 || (lineEnd >= 0 && lineEnd < end);
    // `{{a: b}: c}` is YAML, but nobody writes it.
    this.#at = isOpen ? this.#at + 2 : end + 2;
  }

  #open(isList: boolean): void {
    this.#at += 1;
    this.#anchor = undefined;
    const level = this.#level;
    if (this.#levels.length >= MOST_LEVELS) return;
    const map = level?.map ?? this.#target.map;
    const key = level ? (level.key ?? level.listKey ?? level.map.key) : this.#target.key;
    const own = isList ? { map, listKey: key } : { map: configMap(key, map) };
    this.#levels.push({ ...own, key: undefined, texts: undefined });
  }

  #close(): void {
    this.#at += 1;
    this.#levels.pop();
    this.#endValue();
  }

  #endItem(): void {
    this.#at += 1;
    this.#endValue();
  }

  #endValue(): void {
    const level = this.#level;
    if (level) level.key = undefined;
  }

  #readMark(mark: string): void {
    const name = /[^\s,[\]{}]*/y;
    name.lastIndex = this.#at + 1;
    const [text = ''] = name.exec(this.#source) ?? [];
    this.#at += 1 + text.length;
    if (mark === '&') this.#anchor = text;
    const level = this.#level;
    if (mark === '*' && level) this.#target.alias(text, ...this.#place(level));
  }

  #readQuoted(): void {
    const read = readQuoted(this.#source, this.#at, this.#target.column);
    if (!read) {
      this.#at += 1;
      return;
    }
    this.#at = read.end;
    this.#take(read.value);
  }

  /** One line break within it is a blank, further ones are line breaks (YAML 1.2.2, 7.3.3). */
  #readPlain(): void {
    let text = '';
    const offsets: number[] = [];
    for (;;) {
      const run = /(?:[^,[\]{}\n:#]|:(?=[^\s,[\]{}"'])|(?<=\S)#)+/y;
      run.lastIndex = this.#at;
      const piece = (run.exec(this.#source)?.[0] ?? '').trimEnd();
      text += piece;
      for (let index = 0; index < piece.length; index += 1) offsets.push(this.#at + index);
      // What stands alone and means nothing here is passed over.
      this.#at += piece.length;
      const gap = /[ \t\r]*\n\s*(?=[^\s,[\]{}#:])/y;
      gap.lastIndex = this.#at;
      const mayGoOn = piece !== '' && !this.#target.isLoose;
      const [blanks = ''] = mayGoOn ? (gap.exec(this.#source) ?? []) : [];
      if (blanks === '' || !this.#goesOn(this.#at + blanks.lastIndexOf('\n') + 1)) break;
      const fold = '\n'.repeat(blanks.split('\n').length - 2) || ' ';
      text += fold;
      for (let index = 0; index < fold.length; index += 1) offsets.push(this.#at);
      this.#at += blanks.length;
    }
    offsets.push(this.#at);
    if (text === '') this.#at += 1;
    else this.#take(mappedEmbedding({ text, offsets, encode: plainScalar }));
  }

  /** A scalar before a colon is a key, also in a list, where it makes a mapping of one pair. */
  #take(value: ReadScalar['value']): void {
    const level = this.#level;
    if (!level) return;
    const colon = /[ \t]*:(?=[\s,[\]{}"']|$)/y;
    colon.lastIndex = this.#at;
    // Behind a key in quotes, as in JSON, the value may follow at once.
    const direct = /[ \t]*:/y;
    direct.lastIndex = this.#at;
    const isQuoted = /["']/.test(this.#source.charAt(this.#at - 1));
    const isKey = colon.test(this.#source) || (isQuoted && direct.test(this.#source));
    if (isKey && level.key === undefined) {
      level.key = value.text;
      this.#at = this.#source.indexOf(':', this.#at) + 1;
      return;
    }
    const [map, key] = this.#place(level);
    map.scalars.set(key, { key, value });
    if (this.#anchor !== undefined) this.#target.anchor(this.#anchor, value);
    this.#anchor = undefined;
  }

  /** The mapping and the key that a value of the level goes to. */
  #place(level: Level): [map: ConfigMap, key: string] {
    const { map, listKey, key } = level;
    if (listKey === undefined) return [map, key ?? `${ITEM_KEY}${map.scalars.size}`];
    // A pair in a list is a mapping of its own.
    if (key !== undefined) return [configMap(listKey, map), key];
    level.texts ??= configMap(listKey, map);
    return [level.texts, `${ITEM_KEY}${level.texts.scalars.size}`];
  }
}
