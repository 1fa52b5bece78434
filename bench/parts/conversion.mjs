import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { sizeOf } from '../inputs.mjs';
import { hasProgram } from '../machine.mjs';
import { bound, timeTable } from '../markdown.mjs';
import { measure } from '../measure.mjs';

/** The defaults of the conversion, which the peers get, too. */
const LEVEL = 5;
const BLOCK_SIZE = 131072;

/** @typedef {import('../measure.mjs').Command} Command */
/** @typedef {import('../run.mjs').Bench} Bench */

/** @param {Bench} bench @param {string} archive @returns {Command[]} */
export function ours({ nodes, cli, work }, archive, args = /** @type {string[]} */ ([])) {
  return nodes.map(node => {
    const image = join(work, `${node.label}.raw`);
    const options = ['-o', image, '--force', '--quiet', '--report', join(work, 'report.json')];
    return {
      name: `torcx2sysext, ${node.label}`,
      argv: [node.path, cli, archive, 'bench', ...options, ...args],
    };
  });
}

/** @param {Bench} bench @param {string} archive @returns {Command[]} */
function tar2sqfs({ work }, archive) {
  if (!hasProgram('tar2sqfs')) return [];
  const image = join(work, 'tar2sqfs.raw');
  const options = `-q -f -c zstd -X level=${LEVEL} -b ${BLOCK_SIZE} -j ${availableParallelism()}`;
  return [
    { name: 'tar2sqfs', argv: ['sh', '-c', `exec tar2sqfs ${options} '${image}' < '${archive}'`] },
  ];
}

/** What mksquashfs makes of an unpacked tree, and the shell scripts of old around it. @param {Bench} bench @param {string} archive @returns {Command[]} */
function mksquashfs({ work }, archive) {
  if (!hasProgram('mksquashfs')) return [];
  const tree = join(work, 'tree');
  const image = (/** @type {string} */ name) => join(work, `${name}.raw`);
  const common = '-noappend -all-root -no-progress -quiet -b 131072';
  const unpack = `rm -rf '${tree}' && mkdir '${tree}' && tar -xzf '${archive}' -C '${tree}'`;
  const edit = `grep -rlIZ torcx '${tree}' | xargs -0r sed -i 's,/run/torcx/bin,/usr/bin,g'`;
  const make = (/** @type {string} */ name, /** @type {string} */ options) =>
    `mksquashfs '${tree}' '${image(name)}' ${common} ${options}`;
  const gzip = make('tar, sed, mksquashfs (gzip 9)', '-comp gzip -Xcompression-level 9');
  const zstd = make('mksquashfs of the unpacked tree', `-comp zstd -Xcompression-level ${LEVEL}`);
  return [
    {
      name: 'tar, sed, mksquashfs (gzip 9)',
      argv: ['sh', '-c', `${unpack}; ${edit}; ${gzip}`],
      rounds: 2,
    },
    { name: 'mksquashfs of the unpacked tree', argv: ['sh', '-c', zstd] },
  ];
}

/** The Docker image: time and size beside the peers, and memory. @param {Bench} bench @param {string} archive */
export async function dockerPart(bench, archive) {
  const mine = ours(bench, archive);
  const commands = [...mine, ...tar2sqfs(bench, archive), ...mksquashfs(bench, archive)];
  const measured = measure(commands, Math.min(7, bench.mostRounds));
  const base = measured.find(({ name }) => name === 'tar2sqfs') ?? measured[0];
  if (!base) throw new Error('nothing was measured');
  const sizes = new Map();
  for (const { name } of measured) {
    sizes.set(name, await sizeOf(join(bench.work, `${name.replace('torcx2sysext, ', '')}.raw`)));
  }
  const script = measured.find(({ name }) => name.startsWith('tar, sed'));
  const lines = bench.nodes.flatMap(({ label, hasZstd }, at) => {
    const own = measured[at];
    if (!own) return [];
    const most = hasZstd ? 1 : 1.6;
    const codec = hasZstd ? 'native zstd' : 'zstd as WebAssembly';
    return [
      bound(`${label}, ${codec}: time to tar2sqfs's`, own.wall / base.wall, most),
      ...(script
        ? [bound(`${label}: time to the shell script's`, own.wall / script.wall, 0.2)]
        : []),
      ...(own.memory === undefined ? [] : [bound(`${label}: peak memory in MiB`, own.memory, 220)]),
    ];
  });
  return { measured, text: `${timeTable(measured, base, sizes)}\n\n${lines.join('\n')}` };
}

/**
 * An archive of another kind: ours beside tar2sqfs.
 * @param {Bench} bench
 * @param {string} archive
 * @param {{ rounds: number, bounds: (mine: import('../measure.mjs').Measured, peer: import('../measure.mjs').Measured | undefined) => string[] }} options
 */
export function archivePart(bench, archive, { rounds, bounds }) {
  const mine = ours(bench, archive);
  const commands = [...mine, ...tar2sqfs(bench, archive)];
  const measured = measure(commands, Math.min(rounds, bench.mostRounds));
  const peer = measured.find(({ name }) => name === 'tar2sqfs');
  const base = peer ?? measured[0];
  if (!base) throw new Error('nothing was measured');
  const lines = measured.slice(0, mine.length).flatMap(own => bounds(own, peer));
  const verdicts = lines.length > 0 ? `\n\n${lines.join('\n')}` : '';
  return { measured, text: `${timeTable(measured, base)}${verdicts}` };
}
