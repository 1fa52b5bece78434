/** What a YAML file says, in its order. */
export type YamlValue =
  | string
  | boolean
  | Octal
  | readonly YamlValue[]
  | { readonly [key: string]: YamlValue };

/** A number that is written like `0644`, which YAML 1.1, and so Butane, reads as octal. */
export class Octal {
  readonly value: number;

  constructor(value: number) {
    this.value = value;
  }
}

/**
 * YAML in block style, as people write it: texts of several lines as they are, quotation marks only where a reader
 * would take a text for something else. Ends in a newline.
 */
export function yamlText(value: { readonly [key: string]: YamlValue }): string {
  return `${mapLines(value).join('\n')}\n`;
}

function mapLines(map: { readonly [key: string]: YamlValue }): string[] {
  return Object.entries(map).flatMap(([key, value]) => entryLines(key, value));
}

function entryLines(key: string, value: YamlValue): string[] {
  const name = stringText(key);
  if (typeof value === 'string' && isBlock(value)) return [`${name}: |`, ...blockLines(value)];
  const scalar = scalarText(value);
  if (scalar !== undefined) return [`${name}: ${scalar}`];
  return [`${name}:`, ...nestedLines(value).map(indented)];
}

function itemLines(value: YamlValue): string[] {
  if (typeof value === 'string' && isBlock(value)) return ['- |', ...blockLines(value)];
  const scalar = scalarText(value);
  if (scalar !== undefined) return [`- ${scalar}`];
  return nestedLines(value).map((line, index) => (index === 0 ? `- ${line}` : indented(line)));
}

/** The lines of what does not fit on one. */
function nestedLines(value: YamlValue): string[] {
  if (isList(value)) return value.flatMap(itemLines);
  return isMap(value) ? mapLines(value) : [];
}

/** Undefined for what has lines of its own. */
function scalarText(value: YamlValue): string | undefined {
  if (typeof value === 'string') return stringText(value);
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Octal) return `0${value.value.toString(8)}`;
  if (isList(value)) return value.length === 0 ? '[]' : undefined;
  return Object.keys(value).length === 0 ? '{}' : undefined;
}

/** Only letters, digits and a few signs that mean nothing there; a colon where no key can end. */
const PLAIN = /^[A-Za-z/](?:[\w./%@+=-]|:(?=[\w./]))*$/;
/** What YAML 1.1 takes for a boolean or for nothing, and `e0`, in which some readers see a number. */
const RESERVED = /^(y|n|yes|no|on|off|true|false|null|e[+-]?\d+)$/i;
/** Three numbers are no number. */
const VERSION = /^\d+\.\d+\.\d+$/;

/** A JSON string is a YAML string. */
function stringText(text: string): string {
  const isPlain = (PLAIN.test(text) && !RESERVED.test(text)) || VERSION.test(text);
  return isPlain ? text : JSON.stringify(text);
}

/**
 * Lines that can stand as they are: ended by one newline, the first not indented, nothing that YAML has no literal for or
 * that an editor would take away.
 */
function isBlock(text: string): boolean {
  return /^[!-~](?:[ -~\n]*[!-~])?\n$/.test(text) && !/ \n/.test(text);
}

function blockLines(text: string): string[] {
  return text.slice(0, -1).split('\n').map(indented);
}

function indented(line: string): string {
  return line === '' ? '' : `  ${line}`;
}

function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

function isMap(value: YamlValue): value is { readonly [key: string]: YamlValue } {
  return typeof value === 'object' && !isList(value) && !(value instanceof Octal);
}
