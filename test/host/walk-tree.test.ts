import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Screen } from '../../src/host/screen-files.ts';
import { type TreeEntry, type WalkOptions, walkTree } from '../../src/host/walk-tree.ts';
import { toolErrorOf } from '../support/catch-error.ts';

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'walk-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

function file(path: string, content: string | Uint8Array = ''): void {
  mkdirSync(join(directory, path, '..'), { recursive: true });
  writeFileSync(join(directory, path), content);
}

async function walk(options: Partial<WalkOptions> = {}): Promise<TreeEntry[]> {
  const entries: TreeEntry[] = [];
  const walked = walkTree({ paths: [directory], linkRoot: () => '/', ...options });
  for await (const entry of walked) entries.push(entry);
  return entries;
}

/** Each entry in a line, its path without the directory of the test. */
async function listing(options: Partial<WalkOptions> = {}): Promise<string[]> {
  return (await walk(options)).map(entry => {
    const path = entry.path.replace(directory, '').replace(/^\//, '') || '.';
    switch (entry.kind) {
      case 'file':
        return `${path} ${Buffer.from(entry.bytes).toString('latin1').slice(0, 20)}`;
      case 'symlink':
        return `${path} -> ${entry.target}${entry.exists ? '' : ' (dangling)'}`;
      case 'directory':
        return `${path}/`;
      default:
        return `${path} ${entry.kind}: ${entry.reason}`;
    }
  });
}

test("everything below, in the order of the names' bytes", async () => {
  for (const path of ['b/é', 'b/z', 'b/Z', 'b/\uff5a', 'b/😀', 'a', 'a.d/x']) file(path, path);
  expect(await listing()).toEqual([
    './',
    'a a',
    'a.d/',
    'a.d/x a.d/x',
    'b/',
    'b/Z b/Z',
    'b/z b/z',
    `b/é ${Buffer.from('b/é').toString('latin1')}`,
    `b/\uff5a ${Buffer.from('b/\uff5a').toString('latin1')}`,
    `b/😀 ${Buffer.from('b/😀').toString('latin1')}`,
  ]);
});

test('a name that is no UTF-8 is read, and its bytes survive', async () => {
  writeFileSync(Buffer.concat([Buffer.from(`${directory}/`), Buffer.from([0x61, 0xff])]), 'x');
  const name = Buffer.concat([Buffer.from(`${directory}/`), Buffer.from([0xfe])]);
  mkdirSync(name);
  writeFileSync(Buffer.concat([name, Buffer.from('/y')]), 'y');
  expect(await listing()).toEqual(['./', 'a\udcff x', '\udcfe/', '\udcfe/y y']);
});

describe('links', () => {
  test('are read and not followed, so that a loop is none', async () => {
    file('sub/x', 'x');
    symlinkSync('..', join(directory, 'sub/up'));
    symlinkSync('self', join(directory, 'self'));
    symlinkSync('/', join(directory, 'sub/root'));
    expect(await listing()).toEqual([
      './',
      'self -> self (dangling)',
      'sub/',
      'sub/root -> /',
      'sub/up -> ..',
      'sub/x x',
    ]);
  });

  test('of a copy lead into the copy and never out of it', async () => {
    file('node/etc/here', 'x');
    file('outside', 'x');
    const links = {
      absolute: '/etc/here',
      relative: 'here',
      'beyond-root': '../../../outside',
      'above-root': '../../../../../etc/here',
      host: '/bin/sh',
      'by-link': '/etc/absolute',
      'through-file': 'here/x',
    };
    for (const [name, target] of Object.entries(links)) {
      symlinkSync(target, join(directory, 'node/etc', name));
    }
    const dangling = ['beyond-root', 'host', 'through-file'];
    const expected = Object.entries(links).map(([name, target]) => {
      return `etc/${name} -> ${target}${dangling.includes(name) ? ' (dangling)' : ''}`;
    });
    const isLink = (line: string) => line.includes(' -> ');
    const root = join(directory, 'node');
    const withRoot = await listing({ paths: ['/etc'], root });
    expect(withRoot.filter(isLink).sort()).toEqual([...expected].sort());
    const ofCopy = await listing({ paths: [join(root, 'etc')], linkRoot: () => root });
    expect(
      ofCopy
        .filter(isLink)
        .map(line => line.replace('node/', ''))
        .sort(),
    ).toEqual([...expected].sort());
  });

  test('that were named are followed; one that leads nowhere is an entry', async () => {
    file('real/x', 'x');
    symlinkSync('real', join(directory, 'link'));
    symlinkSync('real/x', join(directory, 'file'));
    symlinkSync('gone', join(directory, 'dangling'));
    const paths = ['link', 'file', 'dangling'].map(name => join(directory, name));
    expect(await listing({ paths })).toEqual([
      'link/',
      'link/x x',
      'file x',
      'dangling -> gone (dangling)',
    ]);
  });
});

describe('what is no text', () => {
  test('a FIFO, a socket and a device are named and never opened', async () => {
    execFileSync('mkfifo', [join(directory, 'fifo')]);
    const server = createServer().listen(join(directory, 'socket'));
    await new Promise(resolve => server.once('listening', resolve));
    try {
      expect(await listing()).toEqual(['./', 'fifo skipped: a FIFO', 'socket skipped: a socket']);
    } finally {
      server.close();
    }
    expect(await listing({ paths: ['/dev/null'] })).toEqual(['dev/null skipped: a device']);
  });

  test('a file system of the kernel is left alone', async () => {
    const entries = await walk({ paths: ['/proc/self/..'] });
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({ kind: 'skipped', reason: 'a file system of the kernel' });
  });

  test('of a large binary file only the beginning is read', async () => {
    file('image.tgz', '\x1f\x8b\0');
    truncateSync(join(directory, 'image.tgz'), 1 << 30);
    const [, image] = await walk();
    expect(image).toMatchObject({ kind: 'file' });
    expect(image?.kind === 'file' && image.bytes.length).toBe(8192);
  });

  test('a large text is searched for the name, across the chunks too', async () => {
    const line = `${'x'.repeat(63)}\n`;
    const large = line.repeat((5 << 20) / line.length);
    file('a', large);
    file('b', `${large.slice(0, (1 << 20) - 3)}TORCX_${large}`);
    expect(await listing()).toEqual([
      './',
      "a skipped: a text of 5 MiB, over the limit of 4, without Torcx's name",
      `b unreadable: a text of 7 MiB, over the limit of 4, that has Torcx's name in line ${(1 << 20) / 64}`,
    ]);
  });

  test.each([0, 1, 65535, 65536, 65537, 4 << 20])(
    'a file of %i bytes is read whole',
    async size => {
      file('x', Buffer.alloc(size, 'x'));
      const [, found] = await walk();
      expect(found?.kind === 'file' && found.bytes.length).toBe(size);
    },
  );
});

describe('what was passed over', () => {
  /** Notes what it is shown, and lets only the files pass that do not say `keep`. */
  function screenOf(seen: string[]): Screen {
    return {
      isMeantDirectory: place => place.endsWith('/meant/'),
      isMeantName: name => name === 'place',
      mayMatter(bytes, ends) {
        const texts = ends.map((end, index) => bytes.toString('latin1', ends[index - 1] ?? 0, end));
        seen.push(...texts);
        return texts.map(text => text.includes('keep'));
      },
    };
  }

  test('does not appear, and is shown whole to the one who decides', async () => {
    for (const name of ['a', 'c', 'place']) file(name, name.repeat(3));
    file('b', 'keep');
    file('empty');
    const seen: string[] = [];
    const counts: number[] = [];
    const screen = screenOf(seen);
    const found = await listing({ screen, onPassed: count => counts.push(count) });
    expect(found).toEqual(['./', 'b keep', 'place placeplaceplace']);
    expect(seen).toEqual(['aaa', 'keep', 'ccc', '']);
    expect(counts).toEqual([3]);
  });

  test('is no file of a directory where each one counts', async () => {
    for (const path of ['meant/a', 'meant/deeper/b', 'other/c']) file(path, 'x');
    const seen: string[] = [];
    const files = (await listing({ screen: screenOf(seen) })).filter(line => !line.endsWith('/'));
    expect(files).toEqual(['meant/a x']);
    expect(seen).toEqual(['x', 'x']);
  });

  test.each([65_535, 65_536, 65_537])(
    'may have %i bytes, or is read as if it mattered',
    async size => {
      for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) file(name, name.repeat(size));
      const seen: string[] = [];
      const found = await listing({ screen: screenOf(seen) });
      expect(seen.map(text => [text.length, text[0]])).toEqual(
        size < 65_536 ? ['a', 'b', 'c', 'd', 'e', 'f'].map(name => [size, name]) : [],
      );
      expect(found).toHaveLength(size < 65_536 ? 1 : 7);
    },
  );

  test('is no file that cannot be read, and no link', async () => {
    file('a', 'x');
    symlinkSync('a', join(directory, 'link'));
    const seen: string[] = [];
    expect(await listing({ screen: screenOf(seen) })).toEqual(['./', 'link -> a']);
    expect(seen).toEqual(['x']);
  });

  test('is no file beside a name that is no UTF-8, which could be taken for another one', async () => {
    file('\ufffd', 'x');
    writeFileSync(Buffer.concat([Buffer.from(`${directory}/`), Buffer.from([0xff])]), 'keep');
    const found = await listing({ screen: screenOf([]) });
    expect(found).toEqual(['./', '\ufffd x', '\udcff keep']);
  });

  test('is counted for each stretch of a large tree, and the order stays', async () => {
    for (let index = 0; index < 1200; index += 1)
      file(`${String(index).padStart(4, '0')}`, index % 100 === 0 ? 'keep' : 'x');
    const counts: number[] = [];
    const screen = screenOf([]);
    const found = await listing({ screen, onPassed: count => counts.push(count) });
    expect(found.slice(1)).toEqual(
      Array.from({ length: 12 }, (_, index) => `${String(index * 100).padStart(4, '0')} keep`),
    );
    expect(counts.length).toBeGreaterThan(1);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1188);
  });

  test('does not overwrite what was kept', async () => {
    for (const name of ['a', 'b', 'c']) file(name, name.repeat(3));
    const entries = await walk();
    expect(entries.flatMap(entry => (entry.kind === 'file' ? [`${entry.bytes}`] : []))).toEqual(
      ['97,97,97', '98,98,98', '99,99,99'].map(text =>
        Buffer.from(text.split(',').map(Number)).toString(),
      ),
    );
  });
});

describe('what cannot be read is named, with the reason', () => {
  test('an error of the disk', async () => {
    // Nothing is mapped at address 0.
    const [entry] = await walk({ paths: ['/proc/self/mem'] });
    expect(entry).toMatchObject({ kind: 'unreadable', reason: 'input/output error' });
  });

  test.skipIf(process.getuid?.() === 0)('no permission (root has them all)', async () => {
    file('a', 'x');
    file('d/x', 'x');
    chmodSync(join(directory, 'a'), 0);
    chmodSync(join(directory, 'd'), 0);
    try {
      expect(await listing()).toEqual([
        './',
        'a unreadable: permission denied',
        'd unreadable: permission denied',
      ]);
    } finally {
      chmodSync(join(directory, 'd'), 0o700);
    }
  });
});

describe('paths', () => {
  test('are shown as given, plus what follows', async () => {
    file('etc/x', 'x');
    const relative = `${'../'.repeat(20)}${directory.slice(1)}`;
    for (const given of [`${relative}/etc`, `${relative}/etc//`, `${directory}/./etc`]) {
      const entries = await walk({ paths: [given] });
      expect(entries.map(({ path }) => path)).toEqual([
        given.replace(/\/+$/, ''),
        `${given.replace(/\/+$/, '')}/x`,
      ]);
      expect(entries.map(({ place }) => place)).toEqual([`${directory}/etc`, `${directory}/etc/x`]);
    }
  });

  test('with a root are below it, spelled out or not', async () => {
    file('etc/x', 'x');
    for (const given of ['/etc', 'etc', `${directory}/etc`]) {
      const [, entry] = await walk({ paths: [given], root: directory });
      expect(entry).toMatchObject({
        path: `${given}/x`,
        place: '/etc/x',
        diskPath: `${directory}/etc/x`,
      });
    }
  });

  test('below each other are walked once', async () => {
    file('a/b/x', 'x');
    file('ab', 'x');
    const paths = ['a/b', 'a', 'a', 'ab', 'a/b/x'].map(path => join(directory, path));
    expect(await listing({ paths })).toEqual(['a/', 'a/b/', 'a/b/x x', 'ab x']);
  });

  test.each([
    ['absent', {}],
    ['below the root absent', { root: '/' }],
  ])('that are %s end it before anything is read', async (_, options) => {
    file('x', 'x');
    let isRead = false;
    const screen: Screen = {
      isMeantDirectory() {
        isRead = true;
        return true;
      },
      isMeantName: () => true,
      mayMatter: () => [],
    };
    const paths = [directory, join(directory, 'nope')];
    const error = await toolErrorOf(() => walk({ paths, screen, ...options }));
    expect(error).toMatchObject({ code: 'path-missing', facts: { path: join(directory, 'nope') } });
    expect(isRead).toBe(false);
  });
});

test('others get their turn in a tree of directories alone', async () => {
  for (let index = 0; index < 600; index += 1) mkdirSync(join(directory, String(index)));
  let turns = 0;
  let isWalked = false;
  const count = () => {
    turns += 1;
    if (!isWalked) setImmediate(count);
  };
  setImmediate(count);
  await walk();
  isWalked = true;
  expect(turns).toBeGreaterThan(0);
});

test('a root that is none is named', async () => {
  file('x', 'x');
  for (const root of [join(directory, 'nope'), join(directory, 'x')]) {
    expect(await toolErrorOf(() => walk({ paths: ['/'], root }))).toEqual({
      code: 'path-missing',
      facts: { path: root },
    });
  }
});

test('the directory is as it was', async () => {
  file('x', 'x');
  await walk();
  expect(readdirSync(directory)).toEqual(['x']);
});
