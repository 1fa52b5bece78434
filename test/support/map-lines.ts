import { type ConfigMap, ITEM_KEY } from '../../src/analyze/audit/carriers/config-map.ts';

/** `path = text` for each scalar, those of a mapping before those of the mappings in it; `-` for an item of a list. */
export function mapLines(root: ConfigMap | undefined): string[] {
  return root ? linesOf(root, '') : [];
}

function linesOf(root: ConfigMap, path: string): string[] {
  const found: string[] = [];
  let level: readonly (readonly [ConfigMap, string])[] = [[root, path]];
  while (level.length > 0) {
    for (const [map, prefix] of level) {
      for (const { key, value } of map.scalars.values()) {
        const name = key.startsWith(ITEM_KEY) ? ITEM_KEY : key;
        found.push(`${prefix}${name} = ${value.text}`);
      }
    }
    level = level.flatMap(([map, prefix]) =>
      map.children.map(
        child => [child, child.key === '' ? prefix : `${prefix}${child.key}.`] as const,
      ),
    );
  }
  return found;
}
