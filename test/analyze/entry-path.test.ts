import { expect, test } from 'vitest';
import {
  assertSymlinkTarget,
  entryPath,
  normalizeImagePath,
} from '../../src/analyze/entry-path.ts';
import { toolErrorOf } from '../support/catch-error.ts';

test.each([
  ['bin/docker', 'bin/docker'],
  ['./bin/docker', 'bin/docker'],
  ['././/bin//./docker/', 'bin/docker'],
  ['.', ''],
  ['./', ''],
  ['...', '...'],
  ['a..b/..c', 'a..b/..c'],
  ['a b\n\x1b[31m', 'a b\n\x1b[31m'],
  ['c:\\windows', 'c:\\windows'],
  ['\udcff\udc80', '\udcff\udc80'],
  ['x'.repeat(255), 'x'.repeat(255)],
  [deep(256), deep(256)],
])('the path of %j', (name, path) => {
  expect(entryPath(name)).toBe(path);
});

test.each([
  ['', 'has no name'],
  ['/etc/passwd', 'is absolute'],
  ['//etc', 'is absolute'],
  ['/', 'is absolute'],
  ['..', 'leaves the image'],
  ['../../etc/passwd', 'leaves the image'],
  ['a/../b', 'leaves the image'],
  ['./a/..', 'leaves the image'],
  ['a\0b', 'has a NUL in its name'],
  ['x'.repeat(256), 'has a component of more than 255 bytes'],
  ['ü'.repeat(128), 'has a component of more than 255 bytes'],
  [`${'x'.repeat(254)}/`.repeat(17), 'has a path of more than 4095 bytes'],
  [deep(257), 'lies more than 256 levels deep'],
])('the name %j is refused', async (entry, reason) => {
  expect(await toolErrorOf(() => entryPath(entry))).toEqual({
    code: 'unsafe-entry',
    facts: { entry, reason },
  });
});

test.each([
  ['bin/a', 'b'],
  ['bin/a', '../lib/b'],
  ['bin/a', '..'],
  ['bin/a', './x/../../y'],
  ['bin/a', '/run/torcx/../..//x'],
  ['a', '.'],
  ['a', '\x1b[31m'],
  ['a', '../../etc'],
])('the link %j to %j is accepted', (path, target) => {
  expect(() => assertSymlinkTarget(path, target)).not.toThrow();
});

test.each([
  ['a', '', 'is a symbolic link to nothing'],
  ['a', 'b\0c', 'has a NUL in its link target'],
  ['a', `/${'x'.repeat(4095)}`, 'has a link target of more than 4095 bytes'],
])('the link %j to %j is refused', async (entry, target, reason) => {
  expect(await toolErrorOf(() => assertSymlinkTarget(entry, target))).toEqual({
    code: 'unsafe-entry',
    facts: { entry, reason },
  });
});

test.each([
  ['/bin/docker', 'bin/docker'],
  ['bin//./docker/', 'bin/docker'],
  ['/lib/../bin/x', 'bin/x'],
  ['/', ''],
  ['', undefined],
  ['/../x', undefined],
  ['a\0b', undefined],
])('the manifest path %j', (text, path) => {
  expect(normalizeImagePath(text)).toBe(path);
});

function deep(levels: number): string {
  return Array.from({ length: levels }, () => 'd').join('/');
}
