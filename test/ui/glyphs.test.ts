import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { GLYPHS, type Glyphs } from '../../src/ui/glyphs.ts';

const UI = join(import.meta.dirname, '../../src/ui');
/** Where signs belong: their owner, and what writes Markdown, which is UTF-8 whatever the terminal is. */
const OWNERS: ReadonlySet<string> = new Set([
  'glyphs.ts',
  'markdown-report.ts',
  'inspect-markdown.ts',
]);

test('no file of the interface but the owner of the signs writes a character beyond ASCII', () => {
  const files = readdirSync(UI, { recursive: true, encoding: 'utf8' }).filter(
    file => /\.tsx?$/.test(file) && !OWNERS.has(file),
  );
  const found = files.flatMap(file => {
    const text = readFileSync(join(UI, file), 'utf8').replaceAll(/\/\*.*?\*\/|\/\/.*$/gms, '');
    return /[^\0-\x7f]/.test(text) ? [file] : [];
  });
  expect(files.length).toBeGreaterThan(100);
  expect(found).toEqual([]);
});

/** Lines are counted in cells: what stands in a column has to be as wide in every set. */
test.each(['cut', 'open', 'folded'] as const)('%s takes one cell', name => {
  const sign = (set: Glyphs) => set[name];
  for (const set of Object.values(GLYPHS)) expect(sign(set)).toHaveLength(1);
});

test('the frame of the other set is of one cell each, and all of that set is ASCII', () => {
  const { border, ...signs } = GLYPHS.ascii;
  for (const part of Object.values(border)) expect(part).toMatch(/^[!-~]$/);
  for (const sign of Object.values(signs)) expect(sign).toMatch(/^[!-~]+$/);
});
