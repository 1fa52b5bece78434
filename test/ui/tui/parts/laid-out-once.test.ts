import { expect, test, vi } from 'vitest';
import { inCharset } from '../../../../src/ui/tui/parts/charset-scope.ts';
import { laidOutOnce } from '../../../../src/ui/tui/parts/laid-out-once.ts';

test('a text is laid out again for another width, another terminal and another text only', () => {
  const layOut = vi.fn((source: { readonly text: string }, columns: number) => {
    return source.text.slice(0, columns);
  });
  const once = laidOutOnce(layOut);
  const text = { text: 'abc' };
  expect([once(text, 2), once(text, 2)]).toEqual(['ab', 'ab']);
  expect(layOut).toHaveBeenCalledTimes(1);
  expect(once(text, 1)).toBe('a');
  expect(once({ text: 'x' }, 1)).toBe('x');
  expect(layOut).toHaveBeenCalledTimes(3);
  inCharset('ascii', () => once(text, 1));
  expect(layOut).toHaveBeenCalledTimes(4);
});
