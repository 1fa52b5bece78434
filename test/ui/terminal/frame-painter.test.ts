import { expect, test } from 'vitest';
import { FramePainter } from '../../../src/ui/terminal/frame-painter.ts';

const SIZE = { columns: 80, rows: 3 };

/** What is written for each frame in turn, without what frames it; an escape is shown as `^`. */
function paint(frames: readonly string[]): string[] {
  const painter = new FramePainter();
  return frames.map(frame =>
    painter
      .paint(frame, SIZE)
      .replaceAll('\u001b', '^')
      .replace(/^\^\[\?2026h(.*)\^\[\?2026l$/s, '$1'),
  );
}

test.each([
  ['the first frame is written whole', ['a\nb'], ['^[1;1H^[0m^[Ka^[2;1H^[0m^[Kb']],
  ['only what changed is written', ['a\nb', 'a\nc'], [expect.anything(), '^[2;1H^[0m^[Kc']],
  ['the same frame writes nothing', ['a\nb', 'a\nb'], [expect.anything(), '']],
  ['a line that went is erased', ['a\nb', 'a'], [expect.anything(), '^[2;1H^[0m^[K']],
  ['lines below the screen are left out', ['a\nb\nc\nd'], [expect.not.stringContaining('d')]],
])('%s', (_, frames, written) => {
  expect(paint(frames)).toEqual(written);
});

test('after the screen was emptied everything is written again', () => {
  const painter = new FramePainter();
  const first = painter.paint('a\nb', SIZE);
  painter.forget();
  expect(painter.paint('a\nb', SIZE)).toBe(first);
});
