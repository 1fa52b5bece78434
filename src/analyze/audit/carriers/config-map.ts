import type { Embedding } from '../embedding.ts';

/**
 * A mapping of a JSON, YAML or HCL text: what the carriers of those formats have in common. A list is no level of its
 * own: a mapping in it has the mapping that the list belongs to as its parent, and its texts are the scalars of a
 * mapping that has the list's key.
 */
export interface ConfigMap {
  readonly parent?: ConfigMap;
  /** The key of the parent under which it stands. */
  readonly key: string;
  readonly scalars: Map<string, ConfigScalar>;
  readonly children: ConfigMap[];
}

export interface ConfigScalar {
  readonly key: string;
  /** Decoded; the way back is in it. */
  readonly value: Embedding;
}

/** Begins the key of a text that is an item of a list; the place tells the texts of a list apart. */
export const ITEM_KEY = '-';

/** A mapping without anything in it, which its parent has from now on. */
export function configMap(key: string, parent?: ConfigMap): ConfigMap {
  const map: ConfigMap = { key, scalars: new Map(), children: [], ...(parent && { parent }) };
  parent?.children.push(map);
  return map;
}

/** The map itself, and all below it. */
export function* allMaps(root: ConfigMap): Generator<ConfigMap> {
  const open = [root];
  for (let map = open.pop(); map; map = open.pop()) {
    yield map;
    for (let index = map.children.length - 1; index >= 0; index -= 1) {
      const child = map.children[index];
      if (child) open.push(child);
    }
  }
}

export function scalarText(map: ConfigMap | undefined, key: string): string | undefined {
  return map?.scalars.get(key)?.value.text;
}
