import { execFileSync } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { sizeOf } from '../inputs.mjs';
import { megabytes, seconds, table } from '../markdown.mjs';
import { measure } from '../measure.mjs';
import { ours } from './conversion.mjs';

/** In each round few, for most to meet a block that no read before has expanded. */
const READS = 30;
const ROUNDS = 10;
const PAGE = 4096;
const KINDS = [
  ['zstd:3', '128K'],
  ['zstd:5', '128K'],
  ['zstd:6', '128K'],
  ['zstd:9', '128K'],
  ['zstd:15', '128K'],
  ['zstd:5', '256K'],
  ['zstd:5', '1M'],
  ['gzip:9', '128K'],
];

/**
 * What a level and a block size cost and bring: the time to build, the image, and 4 KiB from anywhere in the programs of
 * the mounted image with empty caches. Needs root.
 * @param {import('../run.mjs').Bench} bench
 * @param {string} archive
 */
export async function randomReadsPart(bench, archive) {
  if (process.getuid?.() !== 0) {
    return { measured: [], text: 'Not measured: only root can mount an image.' };
  }
  const newest = { ...bench, nodes: bench.nodes.slice(-1) };
  const rows = [];
  for (const [compression = '', blockSize = ''] of KINDS) {
    const args = ['--compression', compression, '--block-size', blockSize];
    const [build] = measure(ours(newest, archive, args), Math.min(2, bench.mostRounds));
    const image = join(bench.work, `${newest.nodes[0]?.label}.raw`);
    const { random, whole } = readMounted(image, join(bench.work, 'mounted'));
    rows.push([
      `${compression}, ${blockSize}`,
      seconds(build?.wall ?? Number.NaN),
      megabytes(await sizeOf(image)),
      `${(random * 1000).toFixed(0)} µs`,
      `${whole.toFixed(0)} MB/s`,
    ]);
  }
  const head = ['compression, block', 'build', 'image', '4 KiB from anywhere', 'a whole file'];
  return { measured: [], text: table(head, rows) };
}

/** @param {string} image @param {string} directory @returns {{ random: number, whole: number }} ms for a page, MB/s */
function readMounted(image, directory) {
  mkdirSync(directory, { recursive: true });
  execFileSync('mount', ['-t', 'squashfs', '-o', 'loop,ro', image, directory]);
  try {
    const bin = join(directory, 'usr/bin');
    const files = readdirSync(bin)
      .map(name => join(bin, name))
      .filter(path => statSync(path).size > 1 << 20);
    const page = Buffer.alloc(PAGE);
    let state = 1;
    let spent = 0;
    for (let count = 0; count < ROUNDS * READS; count += 1) {
      if (count % READS === 0) dropCaches();
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const path = files[state % files.length] ?? '';
      const pages = Math.floor(statSync(path).size / PAGE);
      const file = openSync(path, 'r');
      const start = performance.now();
      readSync(file, page, 0, PAGE, PAGE * ((state >>> 8) % pages));
      spent += performance.now() - start;
      closeSync(file);
    }
    return { random: spent / (ROUNDS * READS), whole: readWhole(files) };
  } finally {
    execFileSync('umount', [directory]);
  }
}

/** @param {readonly string[]} files */
function readWhole(files) {
  dropCaches();
  const buffer = Buffer.alloc(1 << 20);
  let bytes = 0;
  const start = performance.now();
  for (const path of files) {
    const file = openSync(path, 'r');
    for (let read = -1; read !== 0; bytes += read) read = readSync(file, buffer);
    closeSync(file);
  }
  return bytes / 1e3 / (performance.now() - start);
}

function dropCaches() {
  execFileSync('sync');
  writeFileSync('/proc/sys/vm/drop_caches', '3');
}
