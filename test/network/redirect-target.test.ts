import { expect, test } from 'vitest';
import { redirectTarget } from '../../src/network/redirect-target.ts';

const SECURE = 'https://download.docker.com/linux/a.tgz';
const PLAIN = 'http://mirror.example/linux/a.tgz';

test.each([
  [SECURE, 'b.tgz', 'https://download.docker.com/linux/b.tgz'],
  [SECURE, '/b.tgz', 'https://download.docker.com/b.tgz'],
  [SECURE, '//cdn.example/b.tgz', 'https://cdn.example/b.tgz'],
  [SECURE, 'https://cdn.example/b.tgz', 'https://cdn.example/b.tgz'],
  [PLAIN, 'https://cdn.example/b.tgz', 'https://cdn.example/b.tgz'],
  [PLAIN, 'http://cdn.example/b.tgz', 'http://cdn.example/b.tgz'],
])('%s may lead on to %s', (from, location, target) => {
  expect(redirectTarget(from, location)).toBe(target);
});

test.each([
  [SECURE, 'http://download.docker.com/linux/a.tgz'],
  [SECURE, 'HTTP://cdn.example/'],
  [SECURE, 'file:///etc/passwd'],
  [PLAIN, 'file:///etc/passwd'],
  [PLAIN, 'ftp://mirror.example/'],
  [PLAIN, 'data:,x'],
])('%s may not lead on to %s', (from, location) => {
  expect(() => redirectTarget(from, location)).toThrow('less safe');
});

test('an address that is none', () => {
  expect(() => redirectTarget(SECURE, 'https://[')).toThrow('no address');
});
