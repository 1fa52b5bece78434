import { expect, test } from 'vitest';
import { charsetOf } from '../../src/ui/charset.ts';

test.each([
  [{}, 'utf8'],
  [{ LANG: '' }, 'utf8'],
  [{ LANG: 'en_US.UTF-8' }, 'utf8'],
  [{ LANG: 'de_DE.utf8@euro' }, 'utf8'],
  [{ LANG: 'C.UTF-8' }, 'utf8'],
  [{ LC_CTYPE: 'UTF-8' }, 'utf8'],
  [{ LANG: 'C' }, 'ascii'],
  [{ LANG: 'POSIX' }, 'ascii'],
  [{ LANG: 'de_DE' }, 'ascii'],
  [{ LANG: 'de_DE.ISO-8859-1' }, 'ascii'],
  [{ LANG: 'ja_JP.eucJP' }, 'ascii'],
  [{ LANG: 'xx_UTF-8x' }, 'ascii'],
  [{ LC_ALL: 'C', LC_CTYPE: 'C.UTF-8', LANG: 'C.UTF-8' }, 'ascii'],
  [{ LC_ALL: 'C.UTF-8', LC_CTYPE: 'C', LANG: 'C' }, 'utf8'],
  [{ LC_ALL: '', LC_CTYPE: 'C', LANG: 'C.UTF-8' }, 'ascii'],
  [{ LC_MESSAGES: 'C', LANG: 'C.UTF-8' }, 'utf8'],
] as const)('with %j a terminal shows %s', (env, charset) => {
  expect(charsetOf(env)).toBe(charset);
});
