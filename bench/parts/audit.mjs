import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeConfigurationTree } from '../inputs.mjs';
import { bound, timeTable } from '../markdown.mjs';
import { measure } from '../measure.mjs';

/** An audit of 10,000 files beside grep, and beside that of a single file. @param {import('../run.mjs').Bench} bench */
export async function auditPart({ nodes, cli, work, mostRounds }) {
  const tree = join(work, 'etc');
  await makeConfigurationTree(tree);
  const single = join(work, 'single');
  await mkdir(single, { recursive: true });
  await writeFile(join(single, 'a.conf'), 'key = value\n');
  const commands = [
    { name: 'grep -rI torcx', argv: ['grep', '-rI', 'torcx', tree] },
    ...nodes.flatMap(({ label, path }) => [
      { name: `--check of one file, ${label}`, argv: [path, cli, '--check', single] },
      { name: `--check, ${label}`, argv: [path, cli, '--check', tree], exitCodes: [0, 1] },
    ]),
  ];
  const measured = measure(commands, Math.min(15, mostRounds));
  const [grep] = measured;
  if (!grep) throw new Error('nothing was measured');
  const lines = nodes.map(({ label }, at) => {
    const start = measured[1 + 2 * at]?.wall ?? Number.NaN;
    const check = measured[2 + 2 * at]?.wall ?? Number.NaN;
    return bound(
      `${label}: --check without that of one file to grep`,
      (check - start) / grep.wall,
      2,
    );
  });
  return { measured, text: `${timeTable(measured, grep)}\n\n${lines.join('\n')}` };
}
