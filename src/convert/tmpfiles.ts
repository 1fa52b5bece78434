import { comparePaths } from '../path-text.ts';

/** Something that has to exist outside /usr and /opt when the system runs. */
export type TmpfilesItem =
  | { readonly kind: 'copy'; readonly path: string; readonly source: string }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  | { readonly kind: 'directory'; readonly path: string };

/** Where the file goes in the extension `name`: a name of its own, so that two extensions never hide each other's. */
export function tmpfilesPath(name: string): string {
  return `usr/lib/tmpfiles.d/${name}-sysext.conf`;
}

/**
 * A tmpfiles.d(5) file that puts `items` in place. `C` and `L` leave alone what is there already, so an
 * administrator's changes survive every boot. Modes are left to the defaults for the same reason.
 */
export function tmpfilesText(items: readonly TmpfilesItem[]): string {
  return [...items]
    .sort((a, b) => comparePaths(a.path, b.path))
    .map(line)
    .join('');
}

function line(item: TmpfilesItem): string {
  const path = escaped(item.path);
  switch (item.kind) {
    case 'copy':
      return `C ${path} - - - - ${escapedArgument(item.source)}\n`;
    case 'link':
      return `L ${path} - - - - ${escapedArgument(item.target)}\n`;
    case 'directory':
      return `d ${path} - - - -\n`;
  }
}

/** Quoted, so that white space is part of the path; a percent sign begins a specifier. */
function escaped(path: string): string {
  const specifiers = path.replaceAll('%', '%%');
  return /[\s"'\\]/.test(path) ? `"${specifiers.replaceAll(/["\\]/g, '\\$&')}"` : specifiers;
}

/** The last field runs to the end of the line; only specifiers and escapes are expanded in it. */
function escapedArgument(text: string): string {
  return text.replaceAll('%', '%%').replaceAll('\\', '\\\\');
}

/** A line of the file ends where the path has a newline: such a path cannot be written. */
export function fitsTmpfiles(path: string): boolean {
  return !path.includes('\n');
}
