import { octalMode } from '../octal-mode.ts';
import { comparePaths } from '../path-text.ts';

/** Something that has to exist outside /usr and /opt when the system runs. */
export type TmpfilesItem =
  | { readonly kind: 'copy'; readonly path: string; readonly source: string }
  | { readonly kind: 'link'; readonly path: string; readonly target: string }
  | { readonly kind: 'directory'; readonly path: string; readonly mode: number };

/** Where the file goes in the extension `name`: a name of its own, so that two extensions never hide each other's. */
export function tmpfilesPath(name: string): string {
  return `usr/lib/tmpfiles.d/${name}-sysext.conf`;
}

/**
 * A tmpfiles.d(5) file that puts `items` in place. `C` and `L` leave alone what is there already, so an
 * administrator's changes survive every boot. A mode other than the default has a colon before it for the same reason:
 * it is only for a directory that was not there.
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
      return `d ${path} ${item.mode === DEFAULT_MODE ? '-' : `:${octalMode(item.mode)}`} - - -\n`;
  }
}

/** Of directories that systemd-tmpfiles makes, whether a line asks for them or something below them needs them. */
export const DEFAULT_MODE = 0o755;

/** Types of lines that say what a path is to be; of two such lines for one path systemd-tmpfiles ignores one. */
const OWNING_LINE = /^[fFwdDevqQpLcbC]/;

/** The paths that the lines of a tmpfiles.d file make something of. */
export function tmpfilesPaths(text: string): string[] {
  return text.split('\n').flatMap(line => {
    const [, type = '', path = ''] = /^\s*(\S+)\s+("(?:[^"\\]|\\.)*"|\S+)/.exec(line) ?? [];
    if (!OWNING_LINE.test(type)) return [];
    const bare = path.replace(/^"(.*)"$/, '$1').replaceAll(/\\(.)/g, '$1');
    return [bare.replaceAll('%%', '%').replace(/(?<=.)\/+$/, '')];
  });
}

/** Quoted, so that white space is part of the path; a percent sign begins a specifier. */
function escaped(path: string): string {
  const specifiers = path.replaceAll('%', '%%');
  return /[\s"'\\]/.test(path) ? `"${specifiers.replaceAll(/["\\]/g, '\\$&')}"` : specifiers;
}

/**
 * The last field runs to the end of the line, without white space there; only specifiers and escapes are expanded in it.
 */
function escapedArgument(text: string): string {
  const hex = (character: string) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  const escaped = text.replaceAll('%', '%%').replaceAll('\\', '\\\\');
  return escaped.replace(/[ \t\r]+$/, spaces => spaces.replaceAll(/./gs, hex));
}

/** A line of the file ends where the path has a newline: such a path cannot be written. */
export function fitsTmpfiles(path: string): boolean {
  return !path.includes('\n');
}
