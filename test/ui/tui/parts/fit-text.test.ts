import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cellWidth, cutMiddle, cutStart, cutText } from '../../../../src/ui/tui/parts/fit-text.ts';

test.each([
  [cutText, 'containerd', 10, 'containerd'],
  [cutText, 'containerd', 6, 'conta…'],
  [cutText, '漢字漢字', 6, '漢字…'],
  [cutStart, 'bin/containerd', 8, '…tainerd'],
  [cutMiddle, 'containerd-shim-runc-v1', 20, 'containerd-s…runc-v1'],
  [cutMiddle, 'containerd-shim-runc-v2', 20, 'containerd-s…runc-v2'],
  [cutMiddle, 'ab', 1, '…'],
  [cutMiddle, 'ab', 0, ''],
])('%o of %j in %i cells is %j', (cut, text, width, expected) => {
  expect(cut(text, width)).toBe(expected);
});

test('whatever is cut fits, and what fits is not cut', () => {
  const unit = fc.constantFrom('a', 'é', '漢', '👩‍👩‍👧‍👦', 'e\u0301', ' ');
  fc.assert(
    fc.property(fc.string({ unit }), fc.nat(30), (text, width) => {
      for (const cut of [cutText, cutStart, cutMiddle]) {
        expect(cellWidth(cut(text, width))).toBeLessThanOrEqual(width);
        if (cellWidth(text) <= width) expect(cut(text, width)).toBe(text);
      }
    }),
  );
});
