/**
 * A function that computes its answer once for each object, as long as that lives: what every reference in a command asks
 * about the whole command would take quadratic time otherwise.
 */
export function oncePerObject<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, { readonly value: V }>();
  return key => {
    const found = known.get(key);
    if (found) return found.value;
    const value = compute(key);
    known.set(key, { value });
    return value;
  };
}
