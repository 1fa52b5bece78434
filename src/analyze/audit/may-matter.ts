/**
 * Whether a file can have a part in an audit, by a look at its bytes that costs less than reading it as text. Whatever
 * this refuses has no reference to Torcx, carries nothing that might have one, is no part of a unit, and is in no place
 * that matters by itself.
 * @param path any path that ends as the node's own does
 */
export function mayMatter(path: string, bytes: Buffer): boolean {
  if (PLACES.test(path) || isPath(bytes) || startsAsBase64(bytes)) return true;
  for (const needle of NEEDLES) if (bytes.includes(needle)) return true;
  // Binary files are counted by themselves.
  return bytes.includes(0);
}

const PLACES =
  /torcx|docker-1\.12|CONTAINERD_CONFIG|\/extensions\/|\.(?:service|socket|target|mount|automount|swap|timer|path|slice|scope|device)(?:[./]|$)|\/(?:service|socket|target|mount|automount|swap|timer|path|slice|scope)\.d\//i;

/**
 * `torcx`, `TORCX_`, `docker-1.12`, `CONTAINERD_CONFIG`, `/extensions/`, and the marks of what may have them in a form
 * that cannot be read off the bytes: `base64`, `b64`, `encoding`, `gzip`, `data:`, `Secret`, `binaryData`, `!!binary`, and
 * Torcx's name in base64. Each from a letter on that texts seldom have, which is what a search looks for first; a file
 * too many only takes longer.
 */
const NEEDLES = [
  ...['cx', 'CX', '-1.12', '_CONFIG', 'xtensions/', 'b64', 'ase64', 'coding', 'zip', 'ata:'],
  ...['Secret', 'yData', '!!b', 'G9yY3', 'RvcmN4', '0b3Jje', 'VE9SQ1', 'RPUkNY', 'UT1JDW', 'H4sI'],
].map(needle => Buffer.from(needle));

/** So many characters of base64 at the start; other texts have a space or a sign before. */
const BASE64_START = 16;

function startsAsBase64(bytes: Buffer): boolean {
  let count = 0;
  for (let at = 0; at < bytes.length && count < BASE64_START; at += 1) {
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
function isPath(bytes: Buffer): boolean {
  return bytes[0] === SLASH || (bytes[0] === DOT && bytes[1] === DOT && bytes[2] === SLASH);
}
