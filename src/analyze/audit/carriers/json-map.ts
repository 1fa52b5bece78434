import { type JsonNode, parseStrictJson } from '../../strict-json.ts';
import { mappedEmbedding } from '../embedding.ts';
import { decodeDoubleQuoted, encodeDoubleQuoted } from '../escaped-text.ts';
import { LineIndex } from '../line-index.ts';
import { type ConfigMap, configMap, ITEM_KEY } from './config-map.ts';
import { looseJsonMap } from './yaml-map.ts';

/** The mappings of a JSON text, or of one that is only nearly JSON. */
export function jsonMap(text: string): ConfigMap | undefined {
  const root = parse(text);
  if (!root) return looseJsonMap(text);
  const index = new LineIndex(text);
  const top = configMap('');
  const add = (node: JsonNode, key: string, map: ConfigMap) => {
    if (node.type === 'array') {
      let texts: ConfigMap | undefined;
      for (const [index, item] of node.items.entries()) {
        if (item.type !== 'scalar') add(item, key, map);
        else {
          texts ??= configMap(key, map);
          add(item, `${ITEM_KEY}${index}`, texts);
        }
      }
    }
    if (node.type === 'object') {
      const child = configMap(key, map);
      for (const [name, value] of node.members) add(value, name, child);
    }
    if (node.type !== 'scalar' || typeof node.value !== 'string') return;
    const quote = index.start(node.line) + node.column - 1;
    const decoded = text.charAt(quote) === '"' ? decodeDoubleQuoted(text, quote + 1) : undefined;
    if (decoded)
      map.scalars.set(key, {
        key,
        value: mappedEmbedding({ ...decoded, encode: encodeDoubleQuoted }),
      });
  };
  add(root, '', top);
  return top;
}

function parse(text: string): JsonNode | undefined {
  try {
    // A byte order mark is none of JSON's, but editors write it.
    return parseStrictJson(text.replace(/^\ufeff/, ' '), reason => new SyntaxError(reason));
  } catch (error) {
    if (error instanceof SyntaxError) return;
    throw error;
  }
}
