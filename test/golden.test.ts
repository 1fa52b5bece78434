import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { VERSION } from '../src/version.ts';
import { convertInProcess } from './support/convert-in-process.ts';
import { fixtureFiles, fixtureImage, TORCX_NAMES } from './support/fixture-images.ts';
import { goldenInputs } from './support/golden-inputs.ts';

const fixtures = Object.entries(TORCX_NAMES);

test('every fixture is here', () => {
  const tarballs = fixtureFiles().filter(file => file.endsWith('.tgz'));
  expect(fixtures.map(([fixture]) => `${fixture}.torcx.tgz`)).toEqual(tarballs);
});

/** The report has the hash of the image, so its golden file is the golden hash as well. `vitest -u` writes them. */
test.each(fixtures)('the conversion of %s is as committed', async (fixture, torcxName) => {
  const archive = fixtureImage(`${fixture}.torcx.tgz`);
  const { image, markdown } = await convertInProcess(archive, `${torcxName}.torcx.tgz`);
  expect(markdown).toContain(createHash('sha256').update(image).digest('hex'));
  const report = markdown.replace(`| torcx2sysext | ${VERSION} |`, '| torcx2sysext | VERSION |');
  await expect(report).toMatchFileSnapshot(`golden/${fixture}.report.md`);
});

test('the images have the checksums that are committed', async () => {
  const lines: string[] = [];
  for (const { name, archiveName, archive, args } of goldenInputs()) {
    const { image } = await convertInProcess(archive, archiveName, args);
    lines.push(`${createHash('sha256').update(image).digest('hex')}  ${name}.raw\n`);
  }
  await expect(lines.join('')).toMatchFileSnapshot('golden/images.sha256');
});
