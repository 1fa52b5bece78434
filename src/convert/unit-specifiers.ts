import type { UnitName } from '../analyze/unit-name.ts';

/**
 * `text` with the specifiers that `[Install]` sections use (systemd.unit(5)); undefined when it has one whose value
 * is only known on the node.
 */
export function expandSpecifiers(text: string, unit: UnitName): string | undefined {
  const { name, prefix, instance = '', type } = unit;
  const values: Readonly<Record<string, string>> = {
    '%': '%',
    n: name,
    N: name.slice(0, -type.length - 1),
    p: prefix,
    i: instance,
    j: prefix.slice(prefix.lastIndexOf('-') + 1),
  };
  let isKnown = true;
  const expanded = text.replace(/%(.?)/gs, (_, letter: string) => {
    const value = values[letter];
    if (value === undefined) isKnown = false;
    return value ?? '';
  });
  return isKnown ? expanded : undefined;
}
