#!/usr/bin/env node
// Measures this program beside its peers, and prints Markdown.
//
//   npm run bench                 everything; some fifteen minutes, and 4 GB of disk, of which inputs keep 1.3
//   npm run bench -- --write      the same, and writes it into docs/performance.md
//   npm run bench -- docker       one part, or several: startup docker limit large small duplicates audit reads
//   npm run bench -- --rounds 1   every program once, to see that all of it works
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle } from '../scripts/bundle.mjs';
import { dockerArchive, duplicatesArchive, largeArchive, smallFilesArchive } from './inputs.mjs';
import { machineText, nodePrograms } from './machine.mjs';
import { bound, replaceSection, seconds, table } from './markdown.mjs';
import { NoiseWatch } from './measure.mjs';
import { auditPart } from './parts/audit.mjs';
import { archivePart, dockerPart } from './parts/conversion.mjs';
import { randomReadsPart } from './parts/random-reads.mjs';
import { startupPart } from './parts/startup.mjs';

const DOCUMENT = fileURLToPath(new URL('../docs/performance.md', import.meta.url));

/**
 * @typedef {object} Bench
 * @property {readonly import('./machine.mjs').NodeProgram[]} nodes
 * @property {string} cli the program, freshly bundled
 * @property {string} work a directory for what is made
 * @property {number} mostRounds each part has its own number, up to this
 */
/** @typedef {{ measured: readonly import('./measure.mjs').Measured[], text: string }} Outcome */

/** The Docker image's times, which the large archive is compared with; filled by the part `docker`. */
const dockerTimes = new Map();

/** @type {Record<string, (bench: Bench) => Promise<Outcome>>} */
const PARTS = {
  async startup(bench) {
    return startupPart(bench);
  },
  async docker(bench) {
    const outcome = await dockerPart(bench, dockerArchive());
    for (const measured of outcome.measured) dockerTimes.set(measured.name, measured);
    return outcome;
  },
  async limit(bench) {
    return limitPart(bench);
  },
  async large(bench) {
    const outcome = archivePart(bench, await largeArchive(), { rounds: 2, bounds: largeBounds });
    const peers = outcome.measured.filter(({ name }) => name === 'tar2sqfs').flatMap(growth);
    return { ...outcome, text: [outcome.text, ...peers].join('\n') };
  },
  async small(bench) {
    return archivePart(bench, await smallFilesArchive(), {
      rounds: 3,
      bounds: (mine, peer) =>
        peer ? [bound(`${mine.name}: time to tar2sqfs's`, mine.wall / peer.wall, 1.5)] : [],
    });
  },
  async duplicates(bench) {
    return archivePart(bench, await duplicatesArchive(), { rounds: 5, bounds: () => [] });
  },
  async audit(bench) {
    return auditPart(bench);
  },
  async reads(bench) {
    return randomReadsPart(bench, dockerArchive());
  },
};

await main();

async function main() {
  const { values, positionals: wanted } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'boolean', default: false }, rounds: { type: 'string' } },
  });
  const unknown = wanted.find(name => !Object.hasOwn(PARTS, name));
  if (unknown !== undefined) {
    process.stderr.write(`no part '${unknown}': ${Object.keys(PARTS).join(', ')}\n`);
    process.exitCode = 2;
    return;
  }
  const write = values.write ? replaceSection : () => {};
  const work = mkdtempSync(join(tmpdir() === '/tmp' ? '/var/tmp' : tmpdir(), 'bench-'));
  process.on('exit', () => rmSync(work, { recursive: true, force: true }));
  await bundle(join(work, 'dist'));
  const cli = join(work, 'dist/cli.js');
  const mostRounds = Number(values.rounds ?? Number.POSITIVE_INFINITY);
  const bench = { nodes: nodePrograms(), cli, work, mostRounds };
  const machine = show(machineText());
  // Of a single part the page would not say which machine its other parts are from.
  if (wanted.length === 0) write(DOCUMENT, 'machine', machine);
  for (const [name, part] of Object.entries(PARTS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    process.stdout.write(`\n## ${name}\n\n`);
    const watch = new NoiseWatch();
    const { measured, text } = await part(bench);
    const noise = watch.verdict(measured);
    write(DOCUMENT, name, show(noise === '' ? text : `${text}\n\n${noise}`));
  }
}

/** @param {string} text */
function show(text) {
  process.stdout.write(`${text}\n`);
  return text;
}

/** What the same growth costs a peer: the disk and its cache have a share in it. @param {import('./measure.mjs').Measured} peer */
function growth({ name, wall }) {
  const docker = dockerTimes.get(name);
  if (!docker) return [];
  const growth = (wall / 10 / docker.wall).toFixed(2);
  return [`- ${name}: time for each byte to the Docker image's: ${growth}`];
}

/** @param {import('./measure.mjs').Measured} mine */
function largeBounds(mine) {
  const docker = dockerTimes.get(mine.name);
  if (!docker) return ['- Compared with the Docker image when both are measured in one run.'];
  return [
    bound(
      `${mine.name}: time for each byte to the Docker image's`,
      mine.wall / 10 / docker.wall,
      1.15,
    ),
    ...(mine.memory === undefined
      ? []
      : [bound(`${mine.name}: memory to the Docker image's`, mine.memory / docker.memory, 1.1)]),
  ];
}

/** @param {Bench} bench @returns {Outcome} */
function limitPart({ nodes }) {
  const script = fileURLToPath(new URL('./parts/limit.mjs', import.meta.url));
  const rows = nodes.map(({ label, path }) => {
    const output = execFileSync(path, [script, dockerArchive()], { encoding: 'utf8' });
    /** @type {{ inflate: number, compress: number }} */
    const { inflate, compress } = JSON.parse(output);
    const limit = (inflate + compress) / 1000;
    const mine = dockerTimes.get(`torcx2sysext, ${label}`);
    return [
      label,
      seconds(inflate / 1000),
      seconds(compress / 1000),
      seconds(limit),
      mine
        ? `${seconds(mine.wall)}, ${(mine.wall / limit).toFixed(2)} of it`
        : 'not measured in this run',
    ];
  });
  const head = ['', 'inflate alone', 'compress alone', 'sum', 'the whole conversion'];
  return { measured: [], text: table(head, rows) };
}
