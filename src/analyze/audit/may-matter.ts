/**
 * Whether a file can have a part in an audit for the place that it is in.
 * @param path the node's own; a directory, with a slash at its end, or the name of a file stand for a part of it
 */
export function mattersByPlace(path: string): boolean {
  return PLACES.test(path);
}

const PLACES =
  /torcx|docker-1\.12|CONTAINERD_CONFIG|\/extensions\/|\.(?:service|socket|target|mount|automount|swap|timer|path|slice|scope|device)(?:[./]|$)|\/(?:service|socket|target|mount|automount|swap|timer|path|slice|scope)\.d\//i;

/**
 * Which files can have a part in an audit for what they say, by a look at their bytes that costs less than reading them
 * as text. Whatever this refuses has no reference to Torcx, and carries nothing that might have one. Many files at once,
 * because in small ones each search would take less time than its call.
 * @param bytes of all files, one behind the other
 * @param ends for each file the offset behind it
 */
export function mayMatter(bytes: Buffer, ends: readonly number[]): readonly boolean[] {
  let start = 0;
  const matters = ends.map(end => {
    const isCarrier = isPath(bytes, start, end) || startsAsBase64(bytes, start, end);
    start = end;
    return isCarrier;
  });
  for (const needle of NEEDLES) {
    let file = 0;
    // What lies across the border of two files is taken for the first one's; a file too many only takes longer.
    for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, ends[file])) {
      while ((ends[file] ?? Number.POSITIVE_INFINITY) <= at) file += 1;
      matters[file] = true;
    }
  }
  return matters;
}

/**
 * `torcx`, `TORCX_`, `docker-1.12`, `CONTAINERD_CONFIG`, `/extensions/`; the marks of what may have them in a form that
 * cannot be read off the bytes: `base64`, `b64`, `data:`, `Secret`, `binaryData`, `!!binary`, Torcx's name in base64, and
 * gzip's first bytes there; and the NUL of binary files, which are counted by themselves. Each from a letter on that
 * texts seldom have, which is what a search looks for first.
 */
const NEEDLES = [
  'cx',
  'CX',
  '-1.12',
  '_CONFIG',
  'xtensions/',
  'base64',
  'b64',
  'data:',
  'Secret',
  'yData',
  '!!b',
  'G9yY3',
  'RvcmN4',
  'Jje',
  'VE9SQ1',
  'RPUkNY',
  'UT1JDW',
  'H4sI',
  '\0',
].map(needle => Buffer.from(needle));

/** So many characters of base64 at the start; other texts have a space or a sign before. */
const BASE64_START = 16;

function startsAsBase64(bytes: Buffer, start: number, end: number): boolean {
  let count = 0;
  for (let at = start; at < end && count < BASE64_START; at += 1) {
    const byte = bytes[at] ?? 0;
    if (BASE64.has(byte)) count += 1;
    else if (!SPACES.has(byte)) return false;
  }
  return count === BASE64_START;
}

const SPACES: ReadonlySet<number> = new Set(Buffer.from(' \t\r\n'));
const BASE64: ReadonlySet<number> = new Set(
  Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'),
);

const SLASH = 0x2f;
const DOT = 0x2e;

/** What git makes of a link where it cannot make links: a file of the target alone, `/run/x` or `../run/x`. */
function isPath(bytes: Buffer, start: number, end: number): boolean {
  if (start === end) return false;
  if (bytes[start] === SLASH) return true;
  return bytes[start] === DOT && bytes[start + 1] === DOT && bytes[start + 2] === SLASH;
}
