/** The script's own path, with links followed: `$(readlink -f "$0")`. */
const SELF = String.raw`\$\(\s*(?:readlink\s+-[a-z]*f[a-z]*|realpath)\s+(?:--\s+)?"?\$(?:0|\{0\}|BASH_SOURCE|\{BASH_SOURCE(?:\[0\])?\})"?\s*\)`;
const ASSIGNED = String.raw`^\s*(?:(?:export|readonly|local)\s+)?([A-Za-z_]\w*)=`;
const SELF_VARIABLE = new RegExp(`${ASSIGNED}"?${SELF}"?\\s*;?\\s*$`);
/** What is fixed of a path behind a directory. */
const REST = String.raw`"?((?:\/[\w.+@-]+)+)(?![\w$*?{])`;

/** More would be a list, and no script. */
const MOST_PATHS = 32;
const MOST_VARIABLES = 8;
/** Nobody writes such a line by hand, and the patterns would take their time with it. */
const LONGEST_LINE = 1000;

/**
 * The files that a shell script looks for relative to the directory that it really lies in, links followed, with `..`
 * as written: `../sbin/zpool`. Torcx ran programs by links into the image, so that such a script found the image.
 */
export function selfRelativePaths(text: string): string[] {
  const lines = text
    .split('\n')
    .filter(line => !/^\s*#/.test(line) && line.length <= LONGEST_LINE && line.includes('$'));
  if (!lines.some(line => /\b(?:readlink|realpath)\b/.test(line))) return [];
  const own = lines.flatMap(line => SELF_VARIABLE.exec(line)?.[1] ?? []).slice(0, MOST_VARIABLES);
  const self = [SELF, ...own.map(variableUse)].join('|');
  const directory = String.raw`\$\(\s*dirname\s+(?:--\s+)?"?(?:${self})"?\s*\)${own.map(cutUse).join('')}`;
  const directoryVariable = new RegExp(
    String.raw`${ASSIGNED}"?(?:${directory})((?:\/[\w.+@-]+)*)\/?"?\s*;?\s*$`,
  );
  const found = new Set<string>();
  const variables = new Map<string, string>();
  for (const line of lines) {
    const [, name, rest = ''] = directoryVariable.exec(line) ?? [];
    if (name !== undefined && variables.size < MOST_VARIABLES) variables.set(name, rest);
  }
  const uses = [
    { pattern: new RegExp(`(?:${directory})${REST}`, 'g'), behind: '' },
    ...[...variables].map(([name, behind]) => ({
      pattern: new RegExp(`(?:${variableUse(name)})${REST}`, 'g'),
      behind,
    })),
  ];
  for (const line of lines) {
    for (const { pattern, behind } of uses) {
      for (const [, rest = ''] of line.matchAll(pattern)) {
        if (!rest.endsWith('/..')) found.add((behind + rest).slice(1));
      }
      if (found.size >= MOST_PATHS) return [...found];
    }
  }
  return [...found];
}

function variableUse(name: string): string {
  return String.raw`\$(?:${name}(?!\w)|\{${name}\})`;
}

/** `${SELF%/*}` */
function cutUse(name: string): string {
  return String.raw`|\$\{${name}%\/\*\}`;
}
