import { execFileSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip, createGzip } from 'node:zlib';
import { TAR_END, tarMember } from './tar-writer.mjs';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

/** Inputs are made once and stay here; each is the same on every machine but for the Docker image's own sources. */
const CACHE = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'torcx2sysext/bench');

/** Flatcar's Docker image: 222 MiB of files. */
export function dockerArchive() {
  const script = join(REPOSITORY, 'fixtures/make-docker-image.mjs');
  return execFileSync(process.execPath, [script], { encoding: 'utf8' }).trim();
}

/** The same, inflated. */
async function dockerTar() {
  return made('docker.tar', async path => {
    await pipeline(createReadStream(dockerArchive()), createGunzip(), createWriteStream(path));
  });
}

/** Ten times the Docker image's data, of the same kind: each copy is rotated, so that no block comes twice. */
export async function largeArchive() {
  const { readFile } = await import('node:fs/promises');
  const tar = await dockerTar();
  return made('large.torcx.tgz', async path => {
    const data = await readFile(tar);
    async function* members() {
      for (let copy = 1; copy <= 10; copy += 1) {
        const cut = copy * 4099;
        const rotated = Buffer.concat([data.subarray(cut), data.subarray(0, cut)]);
        yield* tarMember(`lib/part-${copy}`, rotated);
      }
      yield TAR_END;
    }
    await gzipped(members(), path);
  });
}

/** With their directories nearly as many entries as an archive may have. */
const SMALL_FILES = 99_000;

/** Files of 100 to 4,195 bytes, no two alike, 250 in each directory. */
export function smallFilesArchive() {
  return made('small.torcx.tgz', path => {
    async function* members() {
      for (let index = 0; index < SMALL_FILES; index += 1) {
        const folder = String(Math.floor(index / 250)).padStart(3, '0');
        yield* tarMember(`share/${folder}/file-${index}.txt`, words(100 + (index % 4096), index));
      }
      yield TAR_END;
    }
    return gzipped(members(), path);
  });
}

/** 1,000 files of 300,000 bytes with ten contents. */
export function duplicatesArchive() {
  return made('duplicates.torcx.tgz', path => {
    const contents = Array.from({ length: 10 }, (_, index) => words(300_000, index));
    async function* members() {
      for (let index = 0; index < 1000; index += 1) {
        yield* tarMember(`lib/copy-${index}`, contents[index % 10] ?? new Uint8Array());
      }
      yield TAR_END;
    }
    return gzipped(members(), path);
  });
}

/**
 * A configuration tree of 10,000 files, 500 of them of units; every hundredth may depend on Torcx.
 * @param {string} root whose path does not have Torcx in it: the audit looks closer at what has
 * @param {{readonly hasTorcx: boolean}} options
 */
export async function makeConfigurationTree(root, { hasTorcx }) {
  for (let folder = 0; folder < 100; folder += 1) {
    const directory = join(root, folder % 20 === 0 ? 'systemd/system' : 'conf.d', `${folder}.d`);
    await mkdir(directory, { recursive: true });
    for (let index = 0; index < 100; index += 1) {
      const torcx = hasTorcx && index === 0 ? 'EnvironmentFile=/run/metadata/torcx\n' : '';
      const text = `[Service]\n${torcx}# ${words(600 + index * 20, folder * 100 + index)}\n`;
      await writeFile(join(directory, `${index}.conf`), text);
    }
  }
}

/** Words by a linear congruential generator: they compress like text, and are the same everywhere. */
function words(/** @type {number} */ length, /** @type {number} */ seed) {
  const bytes = Buffer.alloc(length);
  let state = (seed * 2654435761 + 1) >>> 0;
  for (let at = 0; at < length; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    at += bytes.write(`${WORDS[state >>> 28]}${(state >>> 16) & 0xff} `, at);
  }
  return bytes;
}

const WORDS =
  'unit service socket target mount path timer image merge level host node boot start stop word'.split(
    ' ',
  );

function gzipped(/** @type {AsyncIterable<Uint8Array>} */ chunks, /** @type {string} */ path) {
  return pipeline(Readable.from(chunks), createGzip({ level: 1 }), createWriteStream(path));
}

/**
 * @param {string} name
 * @param {(path: string) => Promise<void>} make
 */
async function made(name, make) {
  const path = join(CACHE, name);
  if (existsSync(path)) return path;
  await mkdir(CACHE, { recursive: true });
  const partial = `${path}.partial`;
  await rm(partial, { recursive: true, force: true });
  process.stderr.write(`making ${path}\n`);
  await make(partial);
  await rename(partial, path);
  return path;
}

/** Bytes. */
export async function sizeOf(/** @type {string} */ path) {
  return (await stat(path)).size;
}
