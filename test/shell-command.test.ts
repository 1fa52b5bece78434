import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathBytes, pathText } from '../src/path-text.ts';
import { shellCommand, shellWord } from '../src/shell-command.ts';

test.each([
  ['docker:20.10.torcx.tgz', 'docker:20.10.torcx.tgz'],
  ['', "''"],
  ['two words', "'two words'"],
  ["it's", "'it'\\''s'"],
  ['$HOME `id` *', "'$HOME `id` *'"],
  ['~', "'~'"],
  ['a\nb', "$'a\\012b'"],
  ['\u202e', "$'\\342\\200\\256'"],
  [pathText(Uint8Array.of(0x61, 0xff)), "$'a\\377'"],
])('%j is written %s', (argument, expected) => {
  expect(shellWord(argument)).toBe(expected);
});

test('a reader of ASCII gets every byte beyond it as a number', () => {
  expect(shellWord('naïve', { inAscii: true })).toBe("$'na\\303\\257ve'");
  expect(shellCommand(['a', 'two words'], { inAscii: true })).toBe("a 'two words'");
});

describe('bash reads the same arguments again', () => {
  /** Bytes of the arguments as bash splits the line. */
  function readByBash(line: string): Buffer[] {
    const output = execFileSync('bash', ['-c', `printf '%s\\0' ${line}`]);
    return output
      .toString('latin1')
      .split('\0')
      .slice(0, -1)
      .map(text => Buffer.from(text, 'latin1'));
  }

  const fileName = fc
    .uint8Array({ maxLength: 12 })
    .map(bytes => pathText(bytes.filter(byte => byte !== 0)));
  const text = fc.string({ unit: 'grapheme' }).map(value => value.replaceAll('\0', ''));

  const words = fc.array(fc.oneof(fileName, text), { minLength: 1, maxLength: 4 });

  test('whatever they hold', () => {
    fc.assert(
      fc.property(words, fc.boolean(), (args, inAscii) => {
        const line = shellCommand(args, { inAscii });
        if (inAscii) expect(line).toMatch(/^[ -~]*$/);
        expect(readByBash(line)).toEqual(args.map(argument => Buffer.from(pathBytes(argument))));
      }),
      { numRuns: 60 },
    );
  });
});
