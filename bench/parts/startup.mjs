import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasProgram } from '../machine.mjs';
import { bound, table } from '../markdown.mjs';
import { measure } from '../measure.mjs';

/** `--help`, `--version` and a usage error beside an empty program. @param {import('../run.mjs').Bench} bench */
export function startupPart({ nodes, cli, mostRounds }) {
  const rows = [];
  const lines = [];
  for (const { label, path } of nodes) {
    const commands = [
      { name: 'node -e 0', argv: [path, '-e', '0'] },
      { name: '--version', argv: [path, cli, '--version'] },
      { name: '--help', argv: [path, cli, '--help'] },
      { name: 'a usage error', argv: [path, cli, '--fromat'], exitCodes: [2] },
    ];
    const times = startTimes(commands, Math.min(40, mostRounds));
    const [empty = Number.NaN] = times;
    rows.push([label, ...times.map(time => `${(time * 1000).toFixed(1)} ms`)]);
    for (const [at, { name }] of commands.entries()) {
      if (at > 0) lines.push(bound(`${label}: ${name} to node -e 0`, (times[at] ?? 0) / empty, 2));
    }
  }
  const head = ['', 'node -e 0', '--version', '--help', 'a usage error'];
  return { measured: [], text: `${table(head, rows)}\n\n${lines.join('\n')}` };
}

/** Seconds of each, the median. @param {readonly import('../measure.mjs').Command[]} commands @param {number} runs */
function startTimes(commands, runs) {
  if (!hasProgram('hyperfine')) return measure(commands, runs).map(({ wall }) => wall);
  const directory = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const json = join(directory, 'hyperfine.json');
    const lines = commands.map(({ argv }) => argv.map(arg => `'${arg}'`).join(' '));
    const args = [
      '-N',
      '-i',
      '--warmup',
      '3',
      '--runs',
      String(Math.max(runs, 2)),
      '--export-json',
      json,
      ...lines,
    ];
    const { status, stderr } = spawnSync('hyperfine', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`hyperfine failed: ${stderr}`);
    /** @type {{ results: { median: number }[] }} */
    const { results } = JSON.parse(readFileSync(json, 'utf8'));
    return results.map(({ median }) => median);
  } finally {
    rmSync(directory, { recursive: true });
  }
}
