/** A path as far as it is typed: a directory, empty or with a slash at its end, and the beginning of a name in it. */
interface TypedPath {
  readonly directory: string;
  readonly prefix: string;
}

/** At its last slash. */
export function splitPath(text: string): TypedPath {
  const end = text.lastIndexOf('/') + 1;
  return { directory: text.slice(0, end), prefix: text.slice(end) };
}

/** The directory around one, both as {@link TypedPath} has them. */
export function parentOf(directory: string): string {
  if (directory === '/') return '/';
  const plain = directory.replace(/^(\.\/)+/, '');
  if (/^(\.\.\/)*$/.test(plain)) return `${plain}../`;
  return plain.slice(0, plain.slice(0, -1).lastIndexOf('/') + 1);
}

/** What all names begin with. */
export function commonStart(names: readonly string[]): string {
  const [first = '', ...rest] = names;
  let length = first.length;
  for (const name of rest) {
    while (!name.startsWith(first.slice(0, length))) length -= 1;
  }
  return first.slice(0, length);
}
