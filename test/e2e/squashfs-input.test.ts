import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convertInProcess } from '../support/convert-in-process.ts';
import { fixtureImage } from '../support/fixture-images.ts';
import { noise, prose } from '../support/image-trees.ts';
import { requireTools } from './support/require-tools.ts';
import { runOk } from './support/run.ts';

const ready = requireTools(['mksquashfs']);
const directory = mkdtempSync(join(tmpdir(), 'squashfs-input-'));
const tree = join(directory, 'tree');
const image = join(directory, 'image');
let expected: Buffer;
afterAll(() => rmSync(directory, { recursive: true, force: true }));

beforeAll(async () => {
  if (!ready) return;
  makeTree();
  const archive = join(directory, 'archive');
  runOk('tar', ['-C', tree, '--xattrs', '--xattrs-include=*', '-czf', archive, '.']);
  ({ image: expected } = await convertInProcess(readFileSync(archive), 'docker:20.10.torcx.tgz'));
});

/** Flatcar's Docker, and in it what the options below pack in different ways. */
function makeTree(): void {
  const odd = join(tree, 'usr/share/odd');
  const many = join(odd, 'many');
  mkdirSync(many, { recursive: true });
  const flatcarStyle = fixtureImage('flatcar-style.torcx.tgz');
  const archive = join(directory, 'flatcar-style');
  writeFileSync(archive, flatcarStyle);
  runOk('tar', ['-C', tree, '--xattrs', '--xattrs-include=*', '-xpzf', archive]);
  writeFileSync(join(odd, 'text'), prose(3_000_000));
  writeFileSync(join(odd, 'noise'), noise(1_500_000));
  writeFileSync(join(odd, 'block'), prose(1 << 20, 9));
  writeFileSync(join(odd, 'holes'), prose(300_000, 3));
  truncateSync(join(odd, 'holes'), 5_000_000);
  for (let index = 0; index < 3000; index += 1)
    writeFileSync(join(many, `file-${index}`), prose(index % 700, index));
  runOk('ln', [join(odd, 'text'), join(tree, 'usr/share/also-text')]);
  runOk('ln', ['-s', 'many/file-7', join(odd, 'link')]);
  runOk('setcap', ['cap_net_raw+ep', join(tree, 'bin/docker')]);
}

describe.runIf(ready)('what mksquashfs makes of one tree converts to what its tarball does', () => {
  test.each([
    ...['gzip', 'lz4', 'xz', 'zstd'].flatMap(compressor => [
      [compressor, '-b', '4K'],
      [compressor],
      [compressor, '-b', '1M', '-always-use-fragments'],
      [compressor, '-no-fragments', '-noI'],
    ]),
    ['gzip', '-Xcompression-level', '1', '-Xwindow-size', '8', '-Xstrategy', 'huffman_only'],
    ['lz4', '-Xhc', '-no-duplicates'],
    ['xz', '-Xdict-size', '8K'],
    ['zstd', '-Xcompression-level', '22'],
    ['gzip', '-noI', '-noD', '-noF', '-noX', '-no-exports', '-nopad'],
  ])('%s %s %s %s %s', async (...options) => {
    runOk('mksquashfs', [tree, image, '-noappend', '-no-progress', '-comp', ...options]);
    const converted = await convertInProcess(readFileSync(image), 'docker:20.10.torcx.squashfs');
    expect(converted.image.equals(expected)).toBe(true);
  });
});
