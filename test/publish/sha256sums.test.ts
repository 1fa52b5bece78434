import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathBytes, pathText } from '../../src/path-text.ts';
import { sha256SumLine, summedName, withSha256Sum } from '../../src/publish/sha256sums.ts';

const A = 'a'.repeat(64);
const B = 'b'.repeat(64);
const OLD = '0'.repeat(64);

test.each<[name: string, list: string, expected: string]>([
  ['an empty list', '', `${A}  x.raw\n`],
  ['a list without the file', `${B}  y.raw\n`, `${B}  y.raw\n${A}  x.raw\n`],
  ['a list whose last line is cut off', `${B}  y.raw`, `${B}  y.raw\n${A}  x.raw\n`],
  ['an old line', `${OLD}  x.raw\n${B}  y.raw\n`, `${A}  x.raw\n${B}  y.raw\n`],
  ['an old line of a binary file', `${B}  y.raw\n${OLD} *x.raw\n`, `${B}  y.raw\n${A}  x.raw\n`],
  ['an old line as the BSDs write it', `SHA256 (x.raw) = ${OLD}\n`, `${A}  x.raw\n`],
  ['an old line in capitals', `${'F'.repeat(64)}  x.raw\n`, `${A}  x.raw\n`],
  ['two old lines', `${OLD}  x.raw\n${B}  y.raw\n${B}  x.raw\n`, `${A}  x.raw\n${B}  y.raw\n`],
  [
    'lines of somebody else',
    `# images\r\n\n${B}  z/x.raw\n${B}  x.raw \nmd5  x.raw\n`,
    `# images\r\n\n${B}  z/x.raw\n${B}  x.raw \nmd5  x.raw\n${A}  x.raw\n`,
  ],
])('the line of a file in %s', (_, list, expected) => {
  expect(withSha256Sum(list, { name: 'x.raw', sha256: A })).toBe(expected);
});

test.each<[name: string, line: string]>([
  ['a b.raw', `${A}  a b.raw`],
  ['a\\b', `\\${A}  a\\\\b`],
  ['a\nb', `\\${A}  a\\nb`],
  ['a\rb\\n', `\\${A}  a\\rb\\\\n`],
])('the name %j', (name, line) => {
  expect(sha256SumLine({ name, sha256: A })).toBe(line);
  expect(summedName(line)).toBe(name);
});

/** What a file can be called: any bytes but a slash and a NUL, within the length that Linux has. */
const names = fc
  .uint8Array({ minLength: 1, maxLength: 40 })
  .map(bytes => pathText(bytes.map(byte => (byte === 0 || byte === 0x2f ? 0x0a : byte))))
  .filter(name => name !== '.' && name !== '..');

describe('with any names', () => {
  test('each has one line, the last that was given, and the others are left alone', () => {
    const sums = fc.array(fc.record({ name: names, sha256: fc.constantFrom(A, B, OLD) }));
    fc.assert(
      fc.property(sums, list => {
        let text = '';
        for (const sum of list) text = withSha256Sum(text, sum);
        const lines = text.split('\n').slice(0, -1);
        const wanted = new Map(list.map(({ name, sha256 }) => [name, sha256]));
        expect(lines).toEqual([...wanted].map(([name, sha256]) => sha256SumLine({ name, sha256 })));
      }),
    );
  });

  test('sha256sum finds the files', () => {
    const directory = mkdtempSync(join(tmpdir(), 'sums-'));
    try {
      const files = new Map(fc.sample(names, { numRuns: 60, seed: 1 }).map(name => [name, name]));
      let list = '';
      for (const name of files.keys()) {
        const bytes = pathBytes(name);
        writeFileSync(Buffer.concat([Buffer.from(`${directory}/`), bytes]), bytes);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        list = withSha256Sum(list, { name, sha256 });
      }
      writeFileSync(join(directory, 'SHA256SUMS'), pathBytes(list));
      const check = ['--check', '--strict', '--quiet', 'SHA256SUMS'];
      expect(execFileSync('sha256sum', check, { cwd: directory }).toString()).toBe('');
      expect(readFileSync(join(directory, 'SHA256SUMS'))).toEqual(Buffer.from(pathBytes(list)));
    } finally {
      rmSync(directory, { recursive: true });
    }
  });
});
