import type { ConfigMap } from './config-map.ts';

/** Offsets in the carrier's text. */
export interface MapSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * From the first value of each mapping to its last one, with those of the mappings below it. What an alias or a merge
 * key has brought from elsewhere does not count.
 * @param maps each before those below it
 */
export function mapSpans(maps: readonly ConfigMap[]): ReadonlyMap<ConfigMap, MapSpan> {
  const values = maps.flatMap(({ scalars }) => [...scalars.values()].map(({ value }) => value));
  const seen = new Set<object>();
  const shared = new Set<object>();
  for (const value of values) (seen.has(value) ? shared : seen).add(value);
  const spans = new Map<ConfigMap, MapSpan>();
  const widen = (map: ConfigMap, { start, end }: MapSpan) => {
    const known = spans.get(map) ?? { start, end };
    spans.set(map, { start: Math.min(known.start, start), end: Math.max(known.end, end) });
  };
  for (const map of maps.toReversed()) {
    for (const { value } of map.scalars.values()) if (!shared.has(value)) widen(map, value);
    const own = spans.get(map);
    if (own && map.parent) widen(map.parent, own);
  }
  return spans;
}
