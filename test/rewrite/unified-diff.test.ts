import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { unifiedDiff } from '../../src/rewrite/unified-diff.ts';

describe('unifiedDiff', () => {
  test.each([
    ['equal texts', 'a\n', 'a\n', ''],
    ['a removed line', 'a\nb\nc\n', 'a\nc\n', '--- a/f\n+++ b/f\n@@ -1,3 +1,2 @@\n a\n-b\n c\n'],
    ['all removed', 'a\n', '', '--- a/f\n+++ b/f\n@@ -1,1 +0,0 @@\n-a\n'],
    ['all new', '', 'a', '--- a/f\n+++ b/f\n@@ -0,0 +1,1 @@\n+a\n\\ No newline at end of file\n'],
    [
      'a line end that comes',
      'a\nb',
      'a\nb\n',
      '--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n',
    ],
    [
      'two hunks',
      '1\n2\n3\n4\n5\n6\n7\n8\n9\n',
      'x\n2\n3\n4\n5\n6\n7\n8\ny\n',
      '--- a/f\n+++ b/f\n@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+y\n',
    ],
  ])('%s', (_, before, after, expected) => {
    expect(unifiedDiff('f', before, after)).toBe(expected);
  });

  test('quotes a name that would break the header', () => {
    expect(unifiedDiff('a\nb"c', '', 'x\n')).toContain('--- "a/a\\012b\\"c"\n');
  });

  test('gives up on a minimal answer for texts that have nothing in common', () => {
    const before = Array.from({ length: 3000 }, (_, n) => `b${n}\n`).join('');
    const after = Array.from({ length: 3000 }, (_, n) => `a${n}\n`).join('');
    expect(unifiedDiff('f', before, after).split('\n')).toHaveLength(3 + 6000 + 1);
  });

  const folder = mkdtempSync(join(tmpdir(), 'diff-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 14 });
  const text = fc.tuple(file, fc.boolean()).map(([lines, open]) => {
    const joined = lines.map(line => `${line}\n`).join('');
    return open ? joined.slice(0, -1) : joined;
  });

  test('patch(1) turns the old text into the new one', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        fc.pre(before !== '' && after !== '' && before !== after);
        const target = join(folder, 'f');
        writeFileSync(target, before);
        const input = unifiedDiff('f', before, after);
        execFileSync('patch', ['-p1', '--quiet', '-d', folder], { input });
        expect(readFileSync(target, 'utf8')).toBe(after);
      }),
      { numRuns: 60 },
    );
  });
});
