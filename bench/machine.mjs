import { execFileSync, spawnSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';

/** The machine in a sentence, without a name of its own. */
export function machineText() {
  const [first] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = (loadavg()[0] ?? 0).toFixed(1);
  return `${cpus().length} × ${first?.model.trim()}, ${memory} GiB, Linux ${release()}, load ${load} at the start.`;
}

/** @typedef {{ readonly label: string, readonly path: string, readonly hasZstd: boolean }} NodeProgram */

/** This Node.js, and the newest where npm can get it. @returns {NodeProgram[]} */
export function nodePrograms() {
  const paths = [process.execPath];
  const newest = spawnSync('npx', ['-y', 'node@26', '-p', 'process.execPath'], {
    encoding: 'utf8',
  });
  if (newest.status === 0) paths.push(newest.stdout.trim());
  else process.stderr.write('no newer Node.js: npx could not get node@26\n');
  const programs = [...new Set(paths)].map(describe);
  return programs.filter(({ label }, at) => programs.findIndex(p => p.label === label) === at);
}

/** @param {string} path @returns {NodeProgram} */
function describe(path) {
  const script = 'process.version + " " + process.versions.zstd';
  const [version, zstd] = execFileSync(path, ['-p', script], { encoding: 'utf8' })
    .trim()
    .split(' ');
  return { path, hasZstd: zstd === '1.5.7', label: `Node ${version?.slice(1)}` };
}

/** Whether a program can be run; says so when not. */
export function hasProgram(/** @type {string} */ name) {
  const found = spawnSync('sh', ['-c', `command -v ${name}`]).status === 0;
  if (!found) process.stderr.write(`${name} is missing: its rows are left out\n`);
  return found;
}
