/** Adds any number of items to a list; as arguments of its push, 100,000 would fill the stack. */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}
