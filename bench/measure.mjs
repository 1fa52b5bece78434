import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';

/**
 * @typedef {object} Command
 * @property {string} name
 * @property {readonly string[]} argv
 * @property {readonly number[]} [exitCodes] default: 0 only
 * @property {number} [rounds] at most so many, for what takes long
 */

/**
 * @typedef {object} Measured
 * @property {string} name
 * @property {number} wall seconds, the least of all rounds: what disturbs a run only ever makes it longer
 * @property {number} spread how much longer the median is than the least, 0.1 for 10 %
 * @property {number} cpu seconds of user and system time of the fastest round
 * @property {number} [memory] MiB, the largest of all rounds, of the largest process
 */

const TIME = '/usr/bin/time';

/**
 * Runs commands side by side: each round runs every one of them once, so that a disturbance hits all.
 * @param {readonly Command[]} commands
 * @param {number} rounds
 * @returns {Measured[]}
 */
export function measure(commands, rounds) {
  const runs = new Map(commands.map(command => [command, /** @type {Run[]} */ ([])]));
  for (let round = 0; round < rounds; round += 1) {
    for (const [command, done] of runs) {
      if (round < (command.rounds ?? rounds)) done.push(run(command));
    }
  }
  return commands.map(command => summarize(command.name, runs.get(command) ?? []));
}

/** @typedef {{ wall: number, cpu: number, memory?: number }} Run */

/** @param {Command} command @returns {Run} */
function run({ name, argv, exitCodes = [0] }) {
  const timed = existsSync(TIME);
  const [program = '', ...args] = timed ? [TIME, '-f', '\n%U %S %M', ...argv] : argv;
  const start = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(program, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  const wall = Number(process.hrtime.bigint() - start) / 1e9;
  if (error) throw error;
  if (!exitCodes.includes(status ?? -1)) throw new Error(`${name} exited ${status}: ${stderr}`);
  if (!timed) return { wall, cpu: Number.NaN };
  const [user = 0, system = 0, kib = 0] = (stderr.trim().split('\n').at(-1) ?? '')
    .split(' ')
    .map(Number);
  return { wall, cpu: user + system, memory: kib / 1024 };
}

/** @param {string} name @param {readonly Run[]} runs @returns {Measured} */
function summarize(name, runs) {
  const sorted = [...runs].sort((a, b) => a.wall - b.wall);
  const best = sorted[0] ?? { wall: Number.NaN, cpu: Number.NaN };
  const median = sorted[Math.floor(sorted.length / 2)]?.wall ?? Number.NaN;
  const memories = runs.flatMap(({ memory }) => memory ?? []);
  return {
    name,
    wall: best.wall,
    cpu: best.cpu,
    spread: median / best.wall - 1,
    ...(memories.length > 0 && { memory: Math.max(...memories) }),
  };
}

/** More than this between the same work at different times, and other programs had a share in the figures. */
const MOST_NOISE = 0.15;

/** Notices whether the machine gives the same share of itself to the same work all the time. */
export class NoiseWatch {
  /** @type {number[]} */
  #probes = [];

  probe() {
    const block = Buffer.alloc(1 << 20, 7);
    for (let count = 0; count < 3; count += 1) {
      const start = process.hrtime.bigint();
      for (let index = 0; index < 40; index += 1) createHash('sha256').update(block).digest();
      this.#probes.push(Number(process.hrtime.bigint() - start));
    }
  }

  /** @param {readonly Measured[]} measured @returns {string} a sentence in Markdown; empty when all is well */
  verdict(measured) {
    const sorted = [...this.#probes].sort((a, b) => a - b);
    const least = sorted[0] ?? 1;
    const median = sorted[Math.floor(sorted.length / 2)] ?? 1;
    const noise = median / least - 1;
    const shaky = measured.filter(({ spread }) => spread > MOST_NOISE).map(({ name }) => name);
    if (noise <= MOST_NOISE && shaky.length === 0) return '';
    const probe = `the same work took ${percent(noise)} longer at times`;
    const runs =
      shaky.length > 0 ? `; these runs differ among themselves: ${shaky.join(', ')}` : '';
    return `**Too noisy to trust:** ${probe}${runs}.`;
  }
}

function percent(/** @type {number} */ share) {
  return `${Math.round(share * 100)} %`;
}
