import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { checksums, committedFixtures, makeFixtures } from '../fixtures/make-fixtures.mjs';

const images = makeFixtures();

test('the images have the checksums that are committed', () => {
  expect(checksums(committedFixtures())).toBe(fixtureFile('images.sha256').toString());
});

test('every image is made by the script, or by mksquashfs', () => {
  const others = [...committedFixtures().keys()].filter(name => !images.has(name));
  expect(others.filter(name => !name.endsWith('.torcx.squashfs'))).toEqual([]);
});

test.each([...images])('%s is committed as the script makes it', (name, bytes) => {
  expect(fixtureFile(`images/${name}`).equals(bytes)).toBe(true);
});

test.each([...images])('%s is a gzip file of whole tar blocks', (_, bytes) => {
  expect(gunzipSync(bytes).length % 512).toBe(0);
});

function fixtureFile(path: string): Buffer {
  return readFileSync(new URL(`../fixtures/${path}`, import.meta.url));
}
