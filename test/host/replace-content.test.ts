import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { replaceContent } from '../../src/host/replace-content.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'replace-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const before = Buffer.from('old\n');
const after = Buffer.from('new and longer\n');

function at(name: string): string {
  return join(directory, name);
}

/** Replaces the content of a file that holds `old`, and says what became of it. */
async function replace(name: string, backup?: string): Promise<string | undefined> {
  return replaceContent({
    diskPath: at(name),
    before,
    after,
    ...(backup !== undefined && { backup: at(backup) }),
  });
}

test('the new content is under the old name, with mode and owner, and nothing else is there', async () => {
  writeFileSync(at('x'), before);
  chmodSync(at('x'), 0o4751);
  const old = statSync(at('x'));
  expect(await replace('x')).toBeUndefined();
  const now = statSync(at('x'));
  expect(readFileSync(at('x'))).toEqual(after);
  expect([now.mode, now.uid, now.gid]).toEqual([old.mode, old.uid, old.gid]);
  expect(readdirSync(directory)).toEqual(['x']);
});

test('whoever has the old file open keeps it whole', async () => {
  writeFileSync(at('x'), before);
  const inode = statSync(at('x')).ino;
  await replace('x');
  expect(statSync(at('x')).ino).not.toBe(inode);
});

test('a shorter content leaves nothing of the longer one', async () => {
  for (const name of ['x', 'linked']) writeFileSync(at(name), after);
  linkSync(at('linked'), at('also'));
  for (const name of ['x', 'linked']) {
    await replaceContent({ diskPath: at(name), before: after, after: before });
    expect(readFileSync(at(name))).toEqual(before);
  }
});

test('further names of the file get the new content too', async () => {
  writeFileSync(at('x'), before);
  linkSync(at('x'), at('y'));
  expect(await replace('x')).toBeUndefined();
  expect(readFileSync(at('y'))).toEqual(after);
  expect(statSync(at('x')).ino).toBe(statSync(at('y')).ino);
});

test('a name that is no UTF-8', async () => {
  const name = Buffer.concat([Buffer.from(`${directory}/`), Buffer.from([0x61, 0xff])]);
  writeFileSync(name, before);
  chmodSync(name, 0o640);
  const diskPath = at('a\udcff');
  expect(
    await replaceContent({ diskPath, before, after, backup: at('b/a\udcff') }),
  ).toBeUndefined();
  expect(readFileSync(name)).toEqual(after);
  expect(statSync(name).mode & 0o777).toBe(0o640);
});

test('a name that leaves no room for a temporary one', async () => {
  const name = 'x'.repeat(255);
  writeFileSync(at(name), before);
  expect(await replace(name)).toBeUndefined();
  expect(readFileSync(at(name))).toEqual(after);
});

describe('is refused, and nothing changes:', () => {
  test.each<[string, () => void, string]>([
    ['other content', () => writeFileSync(at('x'), 'odd\n'), 'it changed since it was read'],
    ['more content', () => writeFileSync(at('x'), 'old\nmore'), 'it changed since it was read'],
    ['less content', () => writeFileSync(at('x'), 'ol'), 'it changed since it was read'],
    ['a file that is gone', () => undefined, 'it is gone'],
    ['a directory', () => mkdirSync(at('x')), 'it is a directory'],
    ['a FIFO', () => execFileSync('mkfifo', [at('x')]), 'it is no regular file'],
    [
      'a link',
      () => {
        writeFileSync(at('target'), before);
        symlinkSync('target', at('x'));
      },
      'it is a link',
    ],
  ])('%s', async (_, make, reason) => {
    make();
    const old = listing();
    expect(await replace('x', 'backup/x')).toBe(reason);
    expect(listing()).toEqual(old);
  });
});

function listing(): string[] {
  return readdirSync(directory).map(name => {
    const stats = lstatSync(at(name));
    return stats.isFile() ? `${name} ${readFileSync(at(name))}` : `${name} ${stats.mode}`;
  });
}

describe('the backup', () => {
  test('is a copy with its mode, below directories that are made', async () => {
    writeFileSync(at('x'), before);
    chmodSync(at('x'), 0o640);
    expect(await replace('x', 'backup/etc/x')).toBeUndefined();
    expect(readFileSync(at('backup/etc/x'))).toEqual(before);
    expect(statSync(at('backup/etc/x')).mode & 0o777).toBe(0o640);
  });

  test('of another version is never replaced, and the file stays', async () => {
    writeFileSync(at('x'), before);
    mkdirSync(at('backup'));
    writeFileSync(at('backup/x'), 'older\n');
    expect(await replace('x', 'backup/x')).toBe(
      `a backup of another version is at ${at('backup/x')}`,
    );
    expect(readFileSync(at('x'))).toEqual(before);
    expect(readFileSync(at('backup/x'), 'utf8')).toBe('older\n');
  });

  test('that is there already will do', async () => {
    writeFileSync(at('x'), before);
    writeFileSync(at('copy'), before);
    expect(await replace('x', 'copy')).toBeUndefined();
    expect(readFileSync(at('x'))).toEqual(after);
  });

  test('that cannot be made keeps the file as it is', async () => {
    writeFileSync(at('x'), before);
    writeFileSync(at('file'), '');
    expect(await replace('x', 'file/x')).toBe('a file is in the way of the backup');
    expect(readFileSync(at('x'))).toEqual(before);
    expect(existsSync(at('file/x'))).toBe(false);
  });
});
