import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inBootedRoot } from './support/booted-root.ts';
import { makeDebianRoot } from './support/debian-root.ts';
import { inMergedRoot } from './support/merged-root.ts';
import { inMountedImage } from './support/mounted-image.ts';
import { requireTools } from './support/require-tools.ts';
import { runChecked } from './support/run-command.ts';
import { verifyUnits } from './support/verify-units.ts';

const RELEASE = 'usr/lib/extension-release.d/extension-release.probe';
const UNITS = 'usr/lib/systemd/system';
const GOOD_RELEASE = { [RELEASE]: 'ID=flatcar\nSYSEXT_LEVEL=1.0\n' };

// The real-system tests are only worth as much as their tools: here each of them is shown a fault to find.
const ready = requireTools(['debootstrap', 'mksquashfs', 'systemd-nspawn', 'systemd-sysext']);

describe.runIf(ready)('the rig', () => {
  const work = mkdtempSync(join(tmpdir(), 'e2e-rig-'));
  const root = join(work, 'root');

  beforeAll(() => makeDebianRoot(root));
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test('a good image merges, and its files are gone afterwards', async () => {
    const image = await makeImage({ ...GOOD_RELEASE, 'usr/share/probe': 'here' });
    const script = 'cat "$ROOT/usr/share/probe"';
    expect(await inMergedRoot({ root, images: [image], script })).toMatchObject({ stdout: 'here' });
    const without = await inMergedRoot({ root, images: [], script: `${script} || echo gone` });
    expect(without).toMatchObject({ stdout: 'gone\n' });
  });

  test.each([
    ['of another distribution', { [RELEASE]: 'ID=fedora\n' }, 91],
    ['with an os-release', { ...GOOD_RELEASE, 'usr/lib/os-release': 'ID=flatcar\n' }, 91],
    ['without an extension-release', { 'usr/share/probe': '' }, 90],
  ])('an image %s stops the script', async (_, files, status) => {
    const image = await makeImage(files);
    const merged = await inMergedRoot({ root, images: [image], script: 'echo never' });
    expect(merged).toMatchObject({ status, stdout: '' });
  });

  test('a failing script fails the merge, and the boot', async () => {
    const images = [await makeImage(GOOD_RELEASE)];
    expect(await inMergedRoot({ root, images, script: 'exit 3' })).toMatchObject({ status: 3 });
    const script = 'inside false';
    expect(await inBootedRoot({ root, images, script })).toMatchObject({ status: 1 });
  });

  test('an upheld unit of a merged image runs in the booted system', async () => {
    const image = await makeImage({
      ...GOOD_RELEASE,
      [`${UNITS}/probe.service`]:
        '[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/true\n',
      [`${UNITS}/multi-user.target.d/10-probe-service.conf`]: '[Unit]\nUpholds=probe.service\n',
    });
    const script = 'inside systemctl is-active probe.service';
    const booted = await inBootedRoot({ root, images: [image], script });
    expect(booted).toMatchObject({ status: 0, stdout: 'active\n' });
  });

  test('a script that takes too long is ended with all that it started', async () => {
    const script = 'sleep 1234.5';
    const endless = inMergedRoot({ root, images: [], script, timeLimit: 2000 });
    await expect(endless).rejects.toThrow('took over 2000 ms');
    await expect(runChecked('pgrep', ['-f', '^sleep 1234.5'])).rejects.toThrow();
  });

  test('systemd-analyze sees a wrong unit', async () => {
    const unit = '[Unit]\nRequires=torcx.target\n[Service]\nExecStart=/usr/bin/nothing\n';
    const image = await makeImage({ ...GOOD_RELEASE, [`${UNITS}/probe.service`]: unit });
    const output = await verifyUnits({ root, images: [image], units: ['probe.service'] });
    expect(output).toContain('Unit torcx.target not found');
    expect(output).toContain('/usr/bin/nothing is not executable');
  });

  test('the kernel rejects an image that ends early', async () => {
    const image = await makeImage(GOOD_RELEASE);
    truncateSync(image, 512);
    expect((await inMountedImage({ image, script: 'find .' })).status).not.toBe(0);
  });

  /** An image named probe.raw made by mksquashfs, in a directory of its own. */
  async function makeImage(files: Readonly<Record<string, string>>): Promise<string> {
    const directory = mkdtempSync(join(work, 'image-'));
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(directory, 'tree', path)), { recursive: true });
      writeFileSync(join(directory, 'tree', path), text);
    }
    const image = join(directory, 'probe.raw');
    await runChecked('mksquashfs', [
      join(directory, 'tree'),
      image,
      '-all-root',
      '-noappend',
      '-quiet',
    ]);
    return image;
  }
});
