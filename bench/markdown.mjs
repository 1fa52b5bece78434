import { readFileSync, writeFileSync } from 'node:fs';

/** @param {readonly string[]} head @param {readonly (readonly string[])[]} rows */
export function table(head, rows) {
  const line = (/** @type {readonly string[]} */ cells) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/**
 * The usual table: time, what it is to the first row or to a peer, memory.
 * @param {readonly import('./measure.mjs').Measured[]} measured
 * @param {import('./measure.mjs').Measured} base
 * @param {ReadonlyMap<string, number>} sizes bytes of what was made, by name
 */
export function timeTable(measured, base, sizes = new Map()) {
  const hasSizes = sizes.size > 0;
  return table(
    ['what', 'wall', 'ratio', 'processor time', 'peak memory', ...(hasSizes ? ['image'] : [])],
    measured.map(({ name, wall, cpu, memory }) => [
      name,
      seconds(wall),
      (wall / base.wall).toFixed(2),
      seconds(cpu),
      memory === undefined ? '–' : `${Math.round(memory)} MiB`,
      ...(hasSizes ? [megabytes(sizes.get(name))] : []),
    ]),
  );
}

export function seconds(/** @type {number} */ value) {
  if (Number.isNaN(value)) return '–';
  return value < 1 ? `${(value * 1000).toFixed(0)} ms` : `${value.toFixed(2)} s`;
}

export function megabytes(/** @type {number | undefined} */ bytes) {
  return bytes === undefined ? '–' : `${(bytes / 1e6).toFixed(2)} MB`;
}

/** Whether a bound holds, in words. @param {string} what @param {number} value @param {number} most */
export function bound(what, value, most) {
  const verdict = value <= most ? 'met' : '**not met**';
  return `- ${what}: ${value.toFixed(2)}, at most ${most.toFixed(2)}: ${verdict}`;
}

/** Puts `text` between the markers `<!-- bench:NAME -->` and `<!-- /bench:NAME -->` of a file. */
export function replaceSection(
  /** @type {string} */ path,
  /** @type {string} */ name,
  /** @type {string} */ text,
) {
  const before = readFileSync(path, 'utf8');
  const [open, close] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const start = before.indexOf(open);
  const end = before.indexOf(close);
  if (start < 0 || end < start) throw new Error(`${path} has no markers for ${name}`);
  writeFileSync(path, `${before.slice(0, start + open.length)}\n${text}\n${before.slice(end)}`);
}
