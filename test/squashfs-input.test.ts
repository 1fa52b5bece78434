import { beforeAll, expect, test } from 'vitest';
import { type Converted, convertInProcess } from './support/convert-in-process.ts';
import { fixtureImage, TORCX_NAMES } from './support/fixture-images.ts';

const torcxName = TORCX_NAMES.everything;
let fromTar: Converted;
beforeAll(async () => {
  fromTar = await convertInProcess(fixtureImage('everything.torcx.tgz'), `${torcxName}.torcx.tgz`);
});

test.each(['gzip', 'lz4', 'xz', 'zstd'])(
  'a SquashFS image with %s converts to what the tarball of its tree does',
  async compressor => {
    const image = fixtureImage(`everything-${compressor}.torcx.squashfs`);
    const fromSquashfs = await convertInProcess(image, `${torcxName}.torcx.squashfs`);
    expect(fromSquashfs.image.equals(fromTar.image)).toBe(true);
    expect(withoutInput(fromSquashfs)).toEqual(withoutInput(fromTar));
  },
);

/** The JSON report but for what the archive itself is, and the Markdown report but for the lines that say it. */
function withoutInput({ json, markdown }: Converted) {
  const { input, command, ...rest } = JSON.parse(json);
  const { name, reference, entries, hasManifest, ...archive } = input;
  expect(Object.keys(archive).sort()).toEqual(['format', 'path', 'sha256', 'size']);
  const lines = markdown
    .split('\n')
    .filter(line => !line.includes(archive.path) && !line.includes(archive.sha256));
  return { ...rest, name, reference, entries, hasManifest, lines };
}
