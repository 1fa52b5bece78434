import { IMAGE_DIR } from './torcx-path.ts';

/** A path that a text goes on with behind a known directory. */
export interface FollowedPath {
  /** One before the given start where a quote that opens there closes in the middle of the path. */
  readonly start: number;
  /** Behind the last fixed component; slashes that close the path are left to the text. */
  readonly end: number;
  /** Those of the known directory, and those that were read. */
  readonly components: readonly string[];
  /** What comes next and is not fixed (a variable, a specifier, a pattern), with the slash before it. */
  readonly tail: string;
}

interface KnownDirectory {
  /** The text's range that spells it. */
  readonly start: number;
  readonly end: number;
  readonly components: readonly string[];
}

/**
 * Reads on where the spelling of a directory ends: `/zfs/lib` behind `${TORCX_UNPACKDIR}`. Behind the unpack
 * directory TORCX_IMAGEDIR may stand for the image, with or without a slash of its own.
 */
export function followPath(text: string, known: KnownDirectory): FollowedPath {
  const components = [...known.components];
  let { start, end } = known;
  // Behind a component `.`, of which it shows later whether it is in the middle: `cp -a DIR/. /etc` needs one at the end.
  let dots = end;
  for (;;) {
    if (closesQuote(text, start, end)) {
      start -= 1;
      end += 1;
    }
    const at = Math.max(dots, end);
    const from = skipSlashes(text, at);
    const imageDir = isUnpackDir(components) ? matchAt(IMAGE_DIR_VARIABLE, text, from) : undefined;
    if (imageDir !== undefined) {
      components.push(IMAGE_DIR);
      end = from + imageDir.length;
      continue;
    }
    const component = matchAt(COMPONENT, text, from) ?? '';
    const behind = from + component.length;
    const leadsToImage =
      component === 'unpack' &&
      components.length === 2 &&
      matchAt(IMAGE_DIR_VARIABLE, text, behind) !== undefined;
    const isFixed =
      leadsToImage ||
      (component !== '..' && !startsVariablePart(text, behind, from === at || component !== ''));
    if (from === at && at === end) {
      // Nothing separates the directory from what follows, so that this changes the directory's own name.
      const sticks = !isFixed || withoutDots(component) !== '';
      return { start, end, components, tail: sticks ? tailAt(text, end) : '' };
    }
    if (!isFixed) return { start, end, components, tail: tailAt(text, end) };
    const name = component === '.' ? component : withoutDots(component);
    if (name === '') return { start, end, components, tail: '' };
    if (name === '.') {
      dots = behind;
      continue;
    }
    components.push(name);
    end = from + name.length;
    if (name !== component) return { start, end, components, tail: '' };
  }
}

/** Behind the slashes at `from`, each of which may be written `\/`. */
function skipSlashes(text: string, from: number): number {
  let at = from;
  for (;;) {
    if (text.charAt(at) === '/') at += 1;
    else if (text.charAt(at) === '\\' && text.charAt(at + 1) === '/') at += 2;
    else return at;
  }
}

/** Before the separator that ends at `from`: slashes, and between them single dots, which lead nowhere else. */
export function skipSeparatorBack(text: string, from: number): number {
  let at = from;
  for (;;) {
    if (text.charAt(at - 1) === '/') at -= text.charAt(at - 2) === '\\' ? 2 : 1;
    else if (at < from && text.slice(at - 2, at) === '/.') at -= 1;
    else return at;
  }
}

/** Letters of every script, what file names often hold, and the stand-ins for bytes that are no UTF-8. */
const COMPONENT = /[\p{L}\p{N}\p{M}_.+@~^\u{dc80}-\u{dcff}-]+/uy;
const IMAGE_DIR_VARIABLE = /[\\$]{0,4}\$(?:\{TORCX_IMAGEDIR\}|TORCX_IMAGEDIR(?![A-Za-z0-9_]))/y;
const TAIL = /(?:[\\$]{0,4}\$\{[^{}\s]{0,80}\}|\\(?=\$)|[^\s"'`:;,|&<>()\\#=\]}]){1,200}/y;

function tailAt(text: string, at: number): string {
  return matchAt(TAIL, text, at) ?? '';
}

/** `${PATH:+:$PATH}` behind a directory continues a list, and not the path. */
const LIST_CONTINUATION = /\\?\$\{[A-Za-z_][A-Za-z0-9_]*:?\+:/y;
const EXPANSION = /\\*\$[A-Za-z0-9_{(@*#?!$]/y;

/** @param inName something of the name that the variable part would belong to has been read */
function startsVariablePart(text: string, at: number, inName: boolean): boolean {
  const next = text.charAt(at + 1);
  switch (text.charAt(at)) {
    case '$':
    case '\\':
      return (
        matchAt(EXPANSION, text, at) !== undefined &&
        matchAt(LIST_CONTINUATION, text, at) === undefined
      );
    case '*':
    case '[':
      return true;
    case '?':
      return !/^[\s"']?$/.test(next);
    case '%':
      return /[A-Za-z0-9%{(]/.test(next);
    case '{':
      // `containerd{{ with .X }}`: a template's directive ends the name, one in its place makes it unknown.
      return next !== '{' || !inName;
    default:
      return false;
  }
}

/** The dots of an ellipsis or at the end of a sentence are no part of a name. */
function withoutDots(component: string): string {
  let end = component.length;
  while (component.charAt(end - 1) === '.') end -= 1;
  return component.slice(0, end);
}

function closesQuote(text: string, start: number, end: number): boolean {
  const quote = text.charAt(end);
  const isQuote = quote === '"' || quote === "'";
  return isQuote && text.charAt(start - 1) === quote && text.charAt(end + 1) === '/';
}

function isUnpackDir(components: readonly string[]): boolean {
  return components.length === 3 && components.join('/') === 'run/torcx/unpack';
}

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
