import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { figureOf, testsOf, withTables } from '../scripts/guarantees-page.mjs';
import { PROMISES } from '../scripts/promises.mjs';

const page = readFileSync('docs/guarantees.md', 'utf8');
const promises = Object.values(PROMISES).flat();

test('the page has the promises and tests of the list', () => {
  expect(withTables(page, PROMISES, new Map())).toBe(page);
});

describe('each promise', () => {
  test.each(promises.map(each => [each.promise, each] as const))('%s', (promise, { evidence }) => {
    const row = page.split('\n').find(line => line.startsWith(`| ${promise} |`));
    expect(row, 'what the tests tried').toMatch(/\| \d+ tests?(, \d+ [^|]+)? \|$/);
    for (const { file, tests = [] } of evidence) {
      expect(existsSync(file), file).toBe(true);
      const source = readFileSync(file, 'utf8');
      for (const title of tests) {
        const isThere = ["'", '"', '`'].some(quote => source.includes(quote + title + quote));
        expect(isThere, `"${title}" in ${file}`).toBe(true);
      }
    }
  });
});

describe('a figure', () => {
  const passed = (title: string, figure?: string) => ({
    title,
    ancestorTitles: ['group'],
    status: 'passed',
    ...(figure !== undefined && { meta: { figure } }),
  });

  test('is the number of tests, and the sum of what they tried', () => {
    const tests = [passed('a', '3 kills, 1 leftover'), passed('b', '4 kills'), passed('c')];
    expect(figureOf(tests)).toBe('3 tests, 7 kills, 1 leftover');
    expect(figureOf([])).toBe('');
  });

  test('counts the tests with the title, whatever stands in its places', () => {
    const results = new Map([['x.test.ts', [passed('1 + 1 (one)'), passed('2 + 1'), passed('x')]]]);
    const titles = (...tests: string[]) =>
      testsOf({ file: 'x.test.ts', tests }, results).map(({ title }) => title);
    expect(titles('%d + 1')).toEqual(['2 + 1']);
    expect(titles('%d + 1 (one)')).toEqual(['1 + 1 (one)']);
    expect(titles('$name + %d')).toEqual(['1 + 1 (one)', '2 + 1']);
    expect(titles('group')).toHaveLength(3);
    expect(titles('1 + 1')).toEqual([]);
  });
});
