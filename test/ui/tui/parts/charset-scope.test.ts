import { expect, test } from 'vitest';
import { currentCharset, inCharset } from '../../../../src/ui/tui/parts/charset-scope.ts';
import { screenText } from '../../../../src/ui/tui/parts/screen-text.ts';

test('a charset is that of the innermost scope, and ends with it', () => {
  const seen = inCharset('ascii', () => [
    screenText('naïve\t→'),
    inCharset('utf8', () => screenText('naïve\t→')),
    currentCharset(),
  ]);
  expect(seen).toEqual(['na\\u00efve\\t=>', 'naïve\\t→', 'ascii']);
  expect(currentCharset()).toBe('utf8');
});

test('work that fails leaves no charset behind', () => {
  const fail = () => {
    throw new Error('x');
  };
  expect(() => inCharset('ascii', fail)).toThrow('x');
  expect(currentCharset()).toBe('utf8');
});
