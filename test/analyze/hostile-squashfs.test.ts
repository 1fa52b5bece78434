import { beforeAll, describe, expect, test } from 'vitest';
import type { Entry } from '../../src/analyze/entry.ts';
import { ToolError } from '../../src/errors.ts';
import { toolErrorOf } from '../support/catch-error.ts';
import { fixtureImage } from '../support/fixture-images.ts';
import { file, hardlink, imageOf, prose, symlink } from '../support/image-trees.ts';
import { RAW_IMAGE } from '../support/raw-image.ts';
import { describeEntries, describeEntry, readBytesArchive } from '../support/read-bytes-archive.ts';
import { recordFigure } from '../support/record-figure.ts';

/** Offsets of the names and the link's target. */
const PLACES = { a: 310, bb: 319, link: 329, name: 341, target: 216 } as const;

describe('names and links of an image', () => {
  test('safe ones', async () => {
    const { entries } = await readBytesArchive(RAW_IMAGE);
    expect(await describeEntries(entries)).toEqual([
      'directory "d" 755 0:0 @0',
      'file "d/a" 644 0:0 @0 "ho\\n"',
      'file "d/bb" 644 0:0 @0 "hi\\n"',
      'symlink "d/link" 777 0:0 @0 -> "aa/bb/cc"',
      'hardlink "d/name" 644 0:0 @0 -> "d/bb"',
    ]);
  });

  test.each<[place: keyof typeof PLACES, text: string, entry: string, reason: RegExp]>([
    ['a', '.', 'd/.', /name/],
    ['a', '/', 'd//', /name/],
    ['a', '\0', 'd/\0', /name/],
    ['bb', '..', 'd/..', /name/],
    ['name', '../x', 'd/../x', /name/],
    ['name', '/etc', 'd//etc', /name/],
    ['name', 'x/yz', 'd/x/yz', /name/],
    ['target', 'aa/bb\0cc', 'd/link', /NUL/],
  ])('%s as %j', async (place, text, entry, reason) => {
    const { code, facts } = await toolErrorOf(() => readBytesArchive(patched(place, text)));
    expect(code).toBe('unsafe-entry');
    expect(facts).toEqual({ entry, reason: expect.stringMatching(reason) });
  });

  test('one name twice: the later one wins, as in a tar archive', async () => {
    const { entries } = await readBytesArchive(patched('link', 'name'));
    expect(entries.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      'directory d',
      'file d/a',
      'file d/bb',
      'hardlink d/name',
    ]);
  });
});

function patched(place: keyof typeof PLACES, text: string): Uint8Array {
  const image = Buffer.from(RAW_IMAGE);
  image.write(text, PLACES[place], 'latin1');
  return image;
}

let images: readonly [name: string, image: Uint8Array, everyNth: number][] = [];
beforeAll(async () => {
  const nodes = [
    file('usr/a', prose(5000)),
    file('usr/b', prose(300, 7)),
    symlink('usr/l', 'a'),
    hardlink('usr/h', 'usr/a'),
  ];
  images = [
    ['raw', RAW_IMAGE, 1],
    ['gzip', unpadded(await imageOf(nodes, { compression: { name: 'gzip', level: 9 } })), 1],
    ['zstd', unpadded(await imageOf(nodes, { blockSize: 4096 })), 1],
    ['lz4', unpadded(fixtureImage('everything-lz4.torcx.squashfs')), 23],
    ['xz', unpadded(fixtureImage('everything-xz.torcx.squashfs')), 23],
  ];
});

test.for(['raw', 'gzip', 'zstd', 'lz4', 'xz'])(
  '%s, cut off at every byte',
  async (wanted, context) => {
    const { image } = imageNamed(wanted);
    for (let length = 0; length < image.length; length += 1) {
      const expected =
        length === 0 ? 'input-empty' : length < 4 ? 'input-not-archive' : 'archive-truncated';
      const { code } = await toolErrorOf(() => readBytesArchive(image.subarray(0, length)));
      expect(code, `${length} bytes`).toBe(expected);
    }
    recordFigure(context, `${image.length} archives`);
  },
);

test.for(['raw', 'gzip', 'zstd', 'lz4', 'xz'])(
  '%s, a bit flipped at every byte: an error or a result that can be read',
  async (wanted, context) => {
    const { image, everyNth } = imageNamed(wanted);
    let refused = 0;
    for (let at = 0; at < image.length; at += everyNth)
      if (!(await reads(image, 8 * at + ((at * 5) % 8)))) refused += 1;
    // If none or all were refused, the flips would not have hit what they should.
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(image.length / everyNth);
    recordFigure(context, `${Math.ceil(image.length / everyNth)} archives`);
  },
);

function unpadded(image: Uint8Array): Uint8Array {
  return image.subarray(0, Number(Buffer.from(image).readBigUInt64LE(40)));
}

function imageNamed(wanted: string): { image: Uint8Array; everyNth: number } {
  const found = images.find(([name]) => name === wanted);
  if (!found) throw new Error(`no image ${wanted}`);
  return { image: found[1], everyNth: found[2] };
}

/** False for a ToolError. Anything else fails the test. */
async function reads(image: Uint8Array, bit: number): Promise<boolean> {
  const copy = Buffer.from(image);
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  try {
    const { entries } = await readBytesArchive(copy, { random: true });
    for (const entry of entries) await describeSmall(entry);
    return true;
  } catch (error) {
    if (error instanceof ToolError) return false;
    throw new Error(`bit ${bit}`, { cause: error });
  }
}

/** A flipped bit can make a file of holes of any size, which is valid but nothing to read here. */
async function describeSmall(entry: Entry): Promise<void> {
  if (entry.kind !== 'file' || entry.content.size < 1 << 20) await describeEntry(entry);
}
