import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const FIXTURES = fileURLToPath(new URL('../../fixtures/', import.meta.url));

/**
 * What the mutations of a target start from: pieces of the fixtures, of the kind that it reads.
 * @param {string} target
 * @returns {Uint8Array[]}
 */
export function seedsOf(target) {
  switch (target) {
    case 'tar':
    case 'conversion':
      return images('.tgz').map(bytes => gunzipSync(bytes));
    case 'gzip':
      return images('.tgz');
    case 'squashfs':
    case 'image-check':
      return images('.squashfs');
    case 'elf':
      return images('.tgz').flatMap(bytes => elfFiles(gunzipSync(bytes)));
    case 'manifest':
      return texts('kinds', /manifest\.json$/);
    case 'unit-file':
      return texts('.', /\.(service|socket|conf|mount|target|path|timer)$/);
    case 'script':
      return texts('.', /./).map((bytes, index) => Buffer.concat([Buffer.of(index % 5), bytes]));
    case 'audit':
      return texts('audit', /./).map((bytes, index) =>
        Buffer.concat([Buffer.of(index % 8), bytes]),
      );
    default:
      return [];
  }
}

/**
 * @param {string} suffix
 * @returns {Uint8Array[]}
 */
function images(suffix) {
  const directory = join(FIXTURES, 'images');
  const names = readdirSync(directory).filter(name => name.endsWith(suffix));
  return names.map(name => readFileSync(join(directory, name)));
}

/**
 * @param {Buffer} tar
 * @returns {Uint8Array[]}
 */
function elfFiles(tar) {
  /** @type {Uint8Array[]} */
  const found = [];
  for (let at = 0; at < tar.length; at += 512) {
    if (tar.toString('latin1', at, at + 4) === '\x7fELF') found.push(tar.subarray(at, at + 8192));
  }
  return found;
}

/**
 * @param {string} directory
 * @param {RegExp} name
 * @returns {Uint8Array[]}
 */
function texts(directory, name) {
  const entries = readdirSync(join(FIXTURES, directory), { recursive: true, withFileTypes: true });
  return entries
    .filter(entry => entry.isFile() && name.test(entry.name))
    .filter(entry => !/\.(tgz|squashfs|mjs)$/.test(entry.name))
    .map(entry => readFileSync(join(entry.parentPath, entry.name)));
}
