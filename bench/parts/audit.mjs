import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeConfigurationTree } from '../inputs.mjs';
import { bound, timeTable } from '../markdown.mjs';
import { measure } from '../measure.mjs';

/** Audits of 10,000 files beside grep, and beside that of a single file. @param {import('../run.mjs').Bench} bench */
export async function auditPart({ nodes, cli, work, mostRounds }) {
  const [tree, clean, single] = [join(work, 'etc'), join(work, 'clean'), join(work, 'single')];
  await makeConfigurationTree(tree, { hasTorcx: true });
  await makeConfigurationTree(clean, { hasTorcx: false });
  await mkdir(single, { recursive: true });
  await writeFile(join(single, 'a.conf'), 'key = value\n');
  const commands = [
    { name: 'grep -rI torcx', argv: ['grep', '-rI', 'torcx', tree] },
    ...nodes.flatMap(({ label, path }) => [
      { name: `--check of one file, ${label}`, argv: [path, cli, '--check', single] },
      { name: `--check without a finding, ${label}`, argv: [path, cli, '--check', clean] },
      {
        name: `--check with 100 findings, ${label}`,
        argv: [path, cli, '--check', tree],
        exitCodes: [0, 1],
      },
    ]),
  ];
  const measured = measure(commands, Math.min(15, mostRounds));
  const [grep] = measured;
  if (!grep) throw new Error('nothing was measured');
  const lines = nodes.flatMap(({ label }, at) => {
    const [start, without, having] = measured.slice(1 + 3 * at).map(({ wall }) => wall);
    const ratio = (/** @type {number | undefined} */ wall = Number.NaN) =>
      (wall - (start ?? Number.NaN)) / grep.wall;
    return [
      bound(
        `${label}: --check without a finding, less that of one file, to grep`,
        ratio(without),
        2,
      ),
      bound(
        `${label}: --check with 100 findings, less that of one file, to grep`,
        ratio(having),
        2,
      ),
    ];
  });
  return { measured, text: `${timeTable(measured, grep)}\n\n${lines.join('\n')}` };
}
