import { followPath, skipSeparatorBack } from './path-scan.ts';
import { type TorcxMeaning, torcxPathMeaning } from './torcx-path.ts';

/** One spelling of a Torcx path, variable or unit in a text. */
export interface TorcxReference {
  /** From here to `end` is what a rewriter replaces: the variable with its escape, and the fixed path behind it. */
  readonly start: number;
  readonly end: number;
  /** Both count from 1; the column counts UTF-16 units. */
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly meaning: TorcxMeaning;
  /** The variable that the reference begins with; absent for a literal path. */
  readonly variable?: string;
  /** What kept a shell or template from expanding the variable: `\` or `$`, repeated as in the text. */
  readonly escape: string;
  /** A shell operator that changes the value (`${TORCX_BINDIR#/run}`), so that only a reader can tell the result. */
  readonly operator?: string;
  /** What follows and is not fixed, with its slash: `/%v/extra/x.ko`, `${CONTAINERD_CONFIG}`. Mostly empty. */
  readonly tail: string;
  /** What stands before an absolute path and puts it elsewhere: `/host`, `$ROOT`, `..`. Mostly empty. */
  readonly root: string;
  /** The text writes `\/` for each slash, as sed scripts and some JSON writers do. */
  readonly escapedSlashes: boolean;
}

export interface FindOptions {
  /** The text's own variables, and the Torcx path that each holds (`/run/torcx/unpack/zfs`). */
  readonly aliases?: ReadonlyMap<string, string>;
}

/**
 * Every Torcx reference of a text, in order, none overlapping another. Time is linear in the length of the text,
 * whatever it holds: each look around a candidate is bounded or consumes what it read.
 */
export function findTorcxReferences(
  text: string,
  { aliases = NO_ALIASES }: FindOptions = {},
): readonly TorcxReference[] {
  if (aliases.size > 0) return search(text, aliases);
  // Most texts have none, and many are asked about.
  if (!text.includes('torcx') && !text.includes('TORCX_')) return [];
  const known = recent.get(text);
  if (known) return known;
  const references = search(text, aliases);
  if (recent.size >= MOST_RECENT) recent.clear();
  recent.set(text, references);
  return references;
}

/** Of a unit and each of its values several questions are asked, which all begin with these. */
const recent = new Map<string, readonly TorcxReference[]>();
const MOST_RECENT = 16;

function search(text: string, aliases: ReadonlyMap<string, string>): readonly TorcxReference[] {
  const candidates = candidatePattern(aliases);
  const references: TorcxReference[] = [];
  let line = 1;
  let lineStart = 0;
  let nextBreak = text.indexOf('\n');
  for (let hit = candidates.exec(text); hit; hit = candidates.exec(text)) {
    const found = findAt(text, hit.index, aliases);
    if (!found || found.start < (references.at(-1)?.end ?? 0)) continue;
    while (nextBreak >= 0 && nextBreak < found.start) {
      line += 1;
      lineStart = nextBreak + 1;
      nextBreak = text.indexOf('\n', lineStart);
    }
    const column = found.start - lineStart + 1;
    references.push({ ...found, line, column, text: text.slice(found.start, found.end) });
    candidates.lastIndex = Math.max(found.end, candidates.lastIndex);
  }
  return references;
}

const NO_ALIASES: ReadonlyMap<string, string> = new Map();

type Found = Omit<TorcxReference, 'line' | 'column' | 'text'>;

/** Which path each variable holds. TORCX_IMAGEDIR is no variable of Torcx, but every stock unit sets it. */
const VARIABLE_PATHS: ReadonlyMap<string, readonly string[]> = new Map([
  ['TORCX_BINDIR', ['run', 'torcx', 'bin']],
  ['TORCX_UNPACKDIR', ['run', 'torcx', 'unpack']],
  ['TORCX_PROFILE_PATH', ['run', 'torcx', 'profile.json']],
]);

const OTHER_VARIABLES: ReadonlyMap<string, TorcxMeaning> = new Map<string, TorcxMeaning>([
  ['TORCX_IMAGEDIR', { kind: 'image-dir' }],
  ['TORCX_LOWER_PROFILES', { kind: 'profile' }],
  ['TORCX_UPPER_PROFILE', { kind: 'profile' }],
  ['TORCX_VERBOSE', { kind: 'name', variable: 'TORCX_VERBOSE' }],
]);

/** Whether Torcx, or the units that Flatcar built for it, set the variable `name`. */
export function isTorcxVariable(name: string): boolean {
  return VARIABLE_PATHS.has(name) || OTHER_VARIABLES.has(name);
}

const CANDIDATES = /TORCX_|torcx/g;

function candidatePattern(aliases: ReadonlyMap<string, string>): RegExp {
  if (aliases.size === 0) {
    CANDIDATES.lastIndex = 0;
    return CANDIDATES;
  }
  const names = [...aliases.keys()].filter(name => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name));
  const own = names.map(name => `|(?<=\\$\\{?)${name}(?![A-Za-z0-9_])`);
  return new RegExp(`TORCX_|torcx${own.join('')}`, 'g');
}

function findAt(text: string, at: number, aliases: ReadonlyMap<string, string>): Found | undefined {
  if (!text.startsWith('torcx', at)) return variableAt(text, at, aliases);
  if (text.startsWith('torcx.target', at)) return unitAt(text, at);
  if (text.startsWith('run-torcx-unpack.mount', at - 4)) return unitAt(text, at - 4);
  return pathAt(text, at);
}

const WORD = /[A-Za-z0-9_]+/y;

function variableAt(
  text: string,
  at: number,
  aliases: ReadonlyMap<string, string>,
): Found | undefined {
  if (isWordCharacter(text.charAt(at - 1)) && !followsEscape(text, at)) return;
  WORD.lastIndex = at;
  const name = WORD.exec(text)?.[0] ?? '';
  const alias = aliases.get(name);
  const path = alias?.split('/').filter(part => part !== '') ?? VARIABLE_PATHS.get(name);
  const meaning = path ? torcxPathMeaning(path) : OTHER_VARIABLES.get(name);
  if (!meaning) return name === 'TORCX_' ? bareName(text, at, name) : undefined;
  const form = variableForm(text, at, at + name.length);
  if (!form) return alias === undefined ? bareName(text, at, name) : undefined;
  const { operator } = form;
  const common = { variable: name, escape: form.escape, root: '', escapedSlashes: false };
  const { start, end } = form;
  if (operator !== undefined) return { ...common, start, end, meaning, operator, tail: '' };
  // Behind TORCX_IMAGEDIR and the like a path has no fixed meaning; it is left to the text.
  if (!path) return { ...common, start, end, meaning, tail: '' };
  const { components, ...followed } = followPath(text, { start, end, components: path });
  return { ...common, ...followed, meaning: torcxPathMeaning(components) ?? meaning };
}

function bareName(text: string, start: number, variable: string): Found {
  const meaning = { kind: 'name', variable } as const;
  const end = start + variable.length;
  const tail = text.charAt(end) === '*' ? '*' : '';
  return { start, end, meaning, variable, escape: '', tail, root: '', escapedSlashes: false };
}

/** How far a `${VAR:-word}` is searched for its brace: longer ones are not worth quadratic time. */
const LONGEST_EXPANSION = 256;

/** Operators that leave a variable alone when it has a value, or only take away a closing slash. */
const HARMLESS_OPERATOR = /^(?::?[-=?]|%%?\/$)/;

/** `$VAR`, `${VAR}` or `${VAR:-word}` around the name, with the escapes before the dollar. */
function variableForm(text: string, nameStart: number, nameEnd: number) {
  const braced = text.charAt(nameStart - 1) === '{';
  const dollar = nameStart - (braced ? 2 : 1);
  if (text.charAt(dollar) !== '$') return;
  let start = dollar;
  const escapeCharacter = text.charAt(dollar - 1);
  if (escapeCharacter === '\\' || escapeCharacter === '$') {
    while (text.charAt(start - 1) === escapeCharacter && dollar - start < 4) start -= 1;
  }
  const escapes = text.slice(start, dollar);
  if (!braced) return { start, end: nameEnd, escape: escapes };
  const end = closingBrace(text, nameEnd);
  if (end === undefined) return;
  const operator = text.slice(nameEnd, end - 1);
  if (operator === '' || HARMLESS_OPERATOR.test(operator)) return { start, end, escape: escapes };
  return { start, end, escape: escapes, operator };
}

/** The offset behind the brace that closes the expansion. */
function closingBrace(text: string, from: number): number | undefined {
  let depth = 1;
  const limit = Math.min(text.length, from + LONGEST_EXPANSION);
  for (let at = from; at < limit; at += 1) {
    const character = text.charAt(at);
    if (character === '\n') return;
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (depth === 0) return at + 1;
  }
  return;
}

/** systemd made the mount unit of what Torcx mounted. */
const UNIT =
  /(?:torcx\.target|run-torcx-unpack\.mount)(?:\.(?:wants|requires|upholds|d)(?![A-Za-z0-9_]))?(?![A-Za-z0-9_@-]|\.[A-Za-z0-9])/y;

function unitAt(text: string, at: number): Found | undefined {
  const before = text.charAt(at - 1);
  if (/[A-Za-z0-9_.@\\-]/.test(before) && !followsEscape(text, at)) return;
  UNIT.lastIndex = at;
  const match = UNIT.exec(text);
  if (!match) return;
  const end = at + match[0].length;
  return {
    start: at,
    end,
    meaning: { kind: 'target' },
    escape: '',
    tail: '',
    root: '',
    escapedSlashes: false,
  };
}

/** Directories that held a `torcx`, innermost component last; the longer ones first. */
const PARENTS: readonly (readonly string[])[] = [
  ['var', 'run', 'metadata'],
  ['run', 'metadata'],
  ['var', 'run'],
  ['run'],
  ['etc'],
  ['var', 'lib'],
  ['usr', 'share', 'oem'],
  ['usr', 'share'],
];

/** The path of Torcx whose component `torcx` begins at `at`. */
function pathAt(text: string, at: number): Found | undefined {
  const behind = at + 'torcx'.length;
  if (/^(?:[A-Za-z0-9_@+~-]|\.[A-Za-z0-9])/.test(text.slice(behind, behind + 2))) return;
  const parent = parentBefore(text, at);
  if (!parent) return;
  const place = leftBoundary(text, parent.start);
  if (!place) return;
  const { components, start, end, tail } = followPath(text, {
    start: place.start,
    end: behind,
    components: [...parent.components, 'torcx'],
  });
  const meaning = torcxPathMeaning(components);
  if (!meaning) return;
  const escapedSlashes = text.charAt(at - 2) === '\\';
  return { start, end, meaning, escape: '', tail, root: place.root, escapedSlashes };
}

/** The directory that `torcx` at `at` is named in, with `/var/run` and systemd's `%t` read as `/run`. */
function parentBefore(text: string, at: number) {
  const slash = skipSeparatorBack(text, at);
  if (slash === at) return;
  if (isRunSpecifier(text, slash)) return { start: slash - 2, components: ['run'] };
  const metadata = matchBack(text, slash, ['metadata']);
  if (metadata !== undefined && isRunSpecifier(text, metadata)) {
    return { start: metadata - 2, components: ['run', 'metadata'] };
  }
  for (const parent of PARENTS) {
    const start = matchBack(text, slash, parent);
    if (start === undefined) continue;
    const components = parent[0] === 'var' && parent[1] === 'run' ? parent.slice(1) : parent;
    return { start, components: [...components] };
  }
  return;
}

/** Whether systemd's `%t` ends at `end`. */
function isRunSpecifier(text: string, end: number): boolean {
  return text.slice(end - 2, end) === '%t' && text.charAt(end - 3) !== '%';
}

/** Where `/a/b`, which ends at `end`, begins. */
function matchBack(text: string, end: number, components: readonly string[]): number | undefined {
  let at = end;
  for (const component of components.toReversed()) {
    if (text.slice(at - component.length, at) !== component) return;
    const slash = skipSeparatorBack(text, at - component.length);
    if (slash === at - component.length) return;
    at = slash;
  }
  return at;
}

/** Where programs in containers and installers see the host's root. */
const KNOWN_ROOT =
  /(?:^|[^A-Za-z0-9_./-])(\/(?:host|hostfs|host-root|rootfs|sysroot|mnt|mnt\/root))$/;
const VARIABLE_ROOT = /(?:\$[A-Za-z_][A-Za-z0-9_]*|\$\{[^{}\s]*\}|\$\([^()\n]*\)|[})]|%[A-Za-z])$/;
const RELATIVE_ROOT = /(?:^|[^A-Za-z0-9_.-])(\.\.?)$/;
const SHORT_OPTION = /(?:^|[\s"'])-[A-Za-z]$/;
const LONGEST_ROOT = 64;

/** Whether an absolute path may begin at `start`, and what stands before it that puts it below another root. */
function leftBoundary(text: string, start: number): { start: number; root: string } | undefined {
  const before = text.slice(Math.max(0, start - LONGEST_ROOT), start);
  const slashes = /^(?:\\?\/)+/.exec(text.slice(start, start + LONGEST_ROOT))?.[0].length ?? 0;
  if (/[a-z]:$/.test(before) && slashes === 2) return;
  // `file:///run/…`: the first two slashes belong to the address.
  if (/[a-z]:$/.test(before) && slashes > 2) return { start: start + slashes - 1, root: '' };
  if (/[A-Za-z0-9_]$/.test(before) && (SHORT_OPTION.test(before) || followsEscape(text, start))) {
    return { start, root: '' };
  }
  const root =
    VARIABLE_ROOT.exec(before)?.[0] ??
    KNOWN_ROOT.exec(before)?.[1] ??
    RELATIVE_ROOT.exec(before)?.[1];
  if (root !== undefined) return { start, root };
  return /[A-Za-z0-9_.~]$/.test(before) ? undefined : { start, root: '' };
}

/** Whether the letter before `at` is the end of an escape such as the `\n` of a JSON string. */
function followsEscape(text: string, at: number): boolean {
  return text.charAt(at - 2) === '\\' && /[nrt]/.test(text.charAt(at - 1));
}

function isWordCharacter(character: string): boolean {
  return /^[A-Za-z0-9_]/.test(character);
}
