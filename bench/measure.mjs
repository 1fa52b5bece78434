import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus } from 'node:os';

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
 * @property {number} total seconds of user and system time of all rounds
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
  // What an earlier run has left to be written must not be what this one's fsync waits for.
  spawnSync('sync');
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
    total: runs.reduce((sum, { cpu }) => sum + cpu, 0),
    spread: median / best.wall - 1,
    ...(memories.length > 0 && { memory: Math.max(...memories) }),
  };
}

/** From here on figures are not to be trusted: a share of the processors that others had, and of a time that was lost. */
const MOST_OF_OTHERS = 0.08;
const MOST_SPREAD = 0.15;

/** Notices what other programs take of the processors while something is measured. */
export class NoiseWatch {
  #start = process.hrtime.bigint();
  #busy = busyTime();
  #own = process.cpuUsage();

  /** @param {readonly Measured[]} measured @returns {string} a sentence in Markdown; empty when all is well */
  verdict(measured) {
    const shaky = measured.filter(({ spread }) => spread > MOST_SPREAD).map(({ name }) => name);
    const others = this.#others(measured);
    const reasons = [
      ...(others > MOST_OF_OTHERS
        ? [`other programs had ${percent(others)} of the processors`]
        : []),
      ...(shaky.length > 0 ? [`these runs differ among themselves: ${shaky.join(', ')}`] : []),
    ];
    return reasons.length === 0 ? '' : `**Too noisy to trust:** ${reasons.join('; ')}.`;
  }

  /** 0 where that is not known: what runs without /usr/bin/time is taken for one of the others. @param {readonly Measured[]} measured */
  #others(measured) {
    const spent = measured.reduce((sum, { total }) => sum + total, 0);
    if (!(spent > 0)) return 0;
    const { user, system } = process.cpuUsage(this.#own);
    const seconds = Number(process.hrtime.bigint() - this.#start) / 1e9;
    const others = busyTime() - this.#busy - spent - (user + system) / 1e6;
    return Math.max(0, others) / seconds / cpus().length;
  }
}

/** Seconds that all processors together have worked since the system's start. */
function busyTime() {
  const milliseconds = cpus().reduce(
    (sum, { times }) => sum + times.user + times.nice + times.sys + times.irq,
    0,
  );
  return milliseconds / 1000;
}

function percent(/** @type {number} */ share) {
  return `${Math.round(share * 100)} %`;
}
