import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attributeDump, parseAttributeDump } from '../../src/host/attribute-dump.ts';
import { readAttributes, writeAttributes } from '../../src/host/extended-attributes.ts';
import { pathBytes, pathText } from '../../src/path-text.ts';

const hex = (files: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>>) =>
  [...files].map(([path, attributes]) => [
    path,
    [...attributes].map(([name, value]) => [name, Buffer.from(value).toString('hex')]),
  ]);

test('what getfattr prints', () => {
  const dump = Buffer.concat([
    Buffer.from('# file: usr/bin/ping\nsecurity.capability=0x01000002\nuser.empty=0x\n\n'),
    Buffer.from('# file: usr/a\\012b\\134\xff\nuser.na me\\075\\1341=0x00ff\n\n', 'latin1'),
  ]);
  expect(hex(parseAttributeDump(dump))).toEqual([
    [
      'usr/bin/ping',
      [
        ['security.capability', '01000002'],
        ['user.empty', ''],
      ],
    ],
    [pathText(Buffer.from('usr/a\nb\\\xff', 'latin1')), [['user.na me=\\1', '00ff']]],
  ]);
});

test('a line that is neither is not passed over', () => {
  expect(() => parseAttributeDump(Buffer.from('# file: a\nuser.a="text"\n'))).toThrow(SyntaxError);
});

const names = fc
  .uint8Array({ minLength: 1, maxLength: 20 })
  .map(bytes => pathText(bytes.map(byte => byte || 0x0a)));
const dumps = fc
  .array(
    fc.tuple(names, fc.array(fc.tuple(names, fc.uint8Array({ maxLength: 9 })), { minLength: 1 })),
  )
  .map(files => new Map(files.map(([path, attributes]) => [path, new Map(attributes)])));

test('any names and values come back', () => {
  fc.assert(
    fc.property(dumps, files => {
      expect(hex(parseAttributeDump(attributeDump(files)))).toEqual(hex(files));
    }),
  );
});

const hasTools = ['getfattr', 'setfattr'].every(tool => {
  try {
    execFileSync(tool, ['--version']);
    return true;
  } catch {
    return false;
  }
});
if (!hasTools) process.stderr.write('skipped: no getfattr, setfattr (Debian package attr)\n');

test.runIf(hasTools)('the programs take what this writes, and give it back', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'attributes-'));
  try {
    const file = pathText(Buffer.from('a \n\\=\xff', 'latin1'));
    writeFileSync(Buffer.concat([Buffer.from(`${directory}/`), pathBytes(file)]), '');
    const files = new Map([[file, new Map([['user.a =\\', Buffer.from([0, 255, 10])]])]]);
    await writeAttributes(directory, files);
    const read = await readAttributes(directory, ['.']);
    if (read === 'missing') throw new Error('getfattr vanished');
    expect(hex(read)).toEqual([[file, [['user.a =\\', '00ff0a']]]]);
  } finally {
    rmSync(directory, { recursive: true });
  }
});
