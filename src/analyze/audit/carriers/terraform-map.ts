import { indentedEmbedding, mappedEmbedding } from '../embedding.ts';
import { decodeDoubleQuoted, encodeDoubleQuoted } from '../escaped-text.ts';
import { type ConfigMap, configMap, ITEM_KEY } from './config-map.ts';

const ATTRIBUTE = /^[ \t]*"?([\w.-]+)"?[ \t]*[=:][ \t]*/;
const HEREDOC = /(?:^|[=(,:[ \t])<<([-~]?)"?([A-Za-z_]\w*)"?[ \t]*$/;
/** A longer line is no attribute that a person wrote. */
const LONGEST_LINE = 4000;

/**
 * The blocks of an HCL text, read line by line: attributes with a string or a here-document are scalars. The escapes
 * `$${` and `%%{` are left in the text, where they are read as escapes of a variable.
 */
export function terraformMap(text: string): ConfigMap {
  const root = configMap('');
  let map = root;
  let delimiter: string | undefined;
  let document = { key: '', start: 0, strips: false };
  let offset = 0;
  for (const whole of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const start = offset;
    offset += whole.length;
    const line = whole.replace(/\r?\n$/, '');
    if (delimiter !== undefined) {
      if (line.trim() !== delimiter) continue;
      addDocument(text, map, { ...document, end: start });
      delimiter = undefined;
      continue;
    }
    if (/^\s*(?:#|\/\/)/.test(line)) continue;
    const attribute = line.length < LONGEST_LINE ? ATTRIBUTE.exec(line) : null;
    const key = attribute?.[1] ?? '';
    const heredoc = HEREDOC.exec(line.slice(-200));
    if (heredoc) {
      delimiter = heredoc[2];
      document = { key, start: offset, strips: heredoc[1] !== '' };
      continue;
    }
    if (attribute) addString(text, map, { key, at: start + attribute[0].length });
    else addItem(text, map, start + (/^\s*/.exec(line)?.[0].length ?? 0));
    map = nextMap(line, map, key) ?? root;
  }
  return root;
}

function nextMap(line: string, map: ConfigMap, key: string): ConfigMap | undefined {
  const bare = line.replace(/"(?:[^"\\]|\\.)*"/g, '""');
  const depth = bare.split(/[{[]/).length - bare.split(/[}\]]/).length;
  let next: ConfigMap | undefined = map;
  for (let level = depth; level > 0; level -= 1) next = configMap(key || blockName(line), next);
  for (let level = depth; level < 0; level += 1) next = next?.parent;
  return next;
}

function blockName(line: string): string {
  return /^\s*([\w-]+)/.exec(line)?.[1] ?? '';
}

/** A string that stands alone in its line is one of a list. */
function addItem(text: string, map: ConfigMap, at: number): void {
  if (text.charAt(at) === '"') addString(text, map, { key: `${ITEM_KEY}${at}`, at });
}

function addString(text: string, map: ConfigMap, { key, at }: { key: string; at: number }): void {
  if (text.charAt(at) !== '"') return;
  const decoded = decodeDoubleQuoted(text, at + 1);
  if (decoded)
    map.scalars.set(key, {
      key,
      value: mappedEmbedding({ ...decoded, encode: encodeDoubleQuoted }),
    });
}

function addDocument(
  text: string,
  map: ConfigMap,
  { key, start, end, strips }: { key: string; start: number; end: number; strips: boolean },
): void {
  const indentation = strips ? sharedIndentation(text.slice(start, end)) : '';
  map.scalars.set(key, { key, value: indentedEmbedding({ outer: text, start, end, indentation }) });
}

function sharedIndentation(text: string): string {
  const leads = text.match(/^[ \t]*(?=[^\s])/gm) ?? [''];
  return leads.reduce((shortest, lead) => (lead.length < shortest.length ? lead : shortest));
}
