import { posix } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mayConcernTorcx } from '../../../src/analyze/audit/document.ts';
import { mattersByPlace, mayMatter } from '../../../src/analyze/audit/may-matter.ts';
import { pathText } from '../../../src/path-text.ts';

const PLAIN = '/etc/plain.conf';

/** Whether a file would be judged, if it were the only one. */
function matters(path: string, bytes: Buffer): boolean {
  const { dir, base } = posix.parse(path);
  const isMeant = mattersByPlace(`${dir}/`) || mattersByPlace(base);
  return isMeant || mayMatter(bytes, [bytes.length])[0] === true;
}

describe('a file matters', () => {
  test.each<[string, string, string]>([
    ['that names Torcx', PLAIN, 'a = /run/torcx/bin'],
    ['that names a variable of it', PLAIN, '$TORCX_BINDIR'],
    ['that may carry an encoded text', PLAIN, 'source: data:;base64,eA=='],
    ['that is base64 as a whole', PLAIN, 'L3J1bi90b3JjeC9iaW4=\n'],
    ['that git made of a link', PLAIN, '/run/x'],
    ['that git made of a relative link', PLAIN, '../../run/x'],
    ['that is a unit', '/etc/systemd/system/x.service', '[Service]'],
    ['that is a drop-in', '/etc/systemd/system/x.service.d/a.conf', '[Service]'],
    ['that is a template of a unit', '/srv/x.service.j2', '[Service]'],
    ['by its place alone', '/etc/torcx/next-profile', 'custom'],
    [
      'that belongs to an extension',
      '/etc/extensions/x/usr/lib/extension-release.d/extension-release.y',
      '',
    ],
    ['that is binary, to be counted', PLAIN, 'a\0'],
  ])('%s', (_, path, text) => {
    expect(matters(path, Buffer.from(text))).toBe(true);
  });

  test.each([
    ['a setting', '# a comment\nkey = value\n'],
    ['a script', '#!/bin/sh\nexec true\n'],
    ['nothing', ''],
    ['few letters', 'yes\n'],
  ])('and does not with %s', (_, text) => {
    expect(matters(PLAIN, Buffer.from(text))).toBe(false);
  });
});

test('nothing is passed over that would be judged as text', () => {
  const words = fc.constantFrom(
    'torcx',
    'TORCX_',
    'docker-1.12',
    'CONTAINERD_CONFIG',
    'base64',
    'b64',
    'encoding',
    'gzip',
    'data:,%74',
    'data:text/plain;charset=utf-8,x',
    'Secret',
    'binaryData',
    '!!binary',
    'H4sI',
    ...['torcx', 'TORCX'].flatMap(name =>
      ['', '/', '//'].map(lead => Buffer.from(`${lead}${name}_`).toString('base64')),
    ),
  );
  const noise = fc.string({ unit: 'binary' });
  const withWord = fc.tuple(noise, words, noise).map(parts => parts.join(''));
  const base64 = fc.base64String({ minLength: 16 });
  fc.assert(
    fc.property(fc.oneof(withWord, base64, noise), text => {
      const bytes = Buffer.from(text);
      if (mayConcernTorcx(pathText(bytes), PLAIN)) expect(matters(PLAIN, bytes)).toBe(true);
    }),
  );
});

test('of many files those are named that matter, wherever they lie', () => {
  const texts = fc.array(
    fc.constantFrom('', 'key = value\n', 'a = torcx\n', '/run/x', 'a\0', 'x'.repeat(300)),
  );
  fc.assert(
    fc.property(texts, files => {
      const parts = files.map(text => Buffer.from(text));
      let length = 0;
      const ends = parts.map(part => {
        length += part.length;
        return length;
      });
      const alone = parts.map(part => mayMatter(part, [part.length])[0]);
      expect(mayMatter(Buffer.concat(parts), ends)).toEqual(alone);
    }),
  );
});
