import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { KeyDecoder } from '../../../src/ui/terminal/key-decoder.ts';

/** Keys by their names, pastes in brackets. */
function decode(...chunks: readonly string[]): string[] {
  return decodeBytes(chunks.map(chunk => new TextEncoder().encode(chunk)));
}

function decodeBytes(chunks: readonly Uint8Array[]): string[] {
  const decoder = new KeyDecoder();
  const events = [...chunks.flatMap(chunk => decoder.push(chunk)), ...decoder.decide()];
  return events.map(event => {
    if (event.kind === 'key') return event.key;
    return event.kind === 'paste' ? `[${event.text}]` : event.kind;
  });
}

const BYTES: readonly (readonly [what: string, input: string, keys: readonly string[]])[] = [
  ['characters', 'jé€😀 ', ['j', 'é', '€', '😀', ' ']],
  ['a capital letter is a character', 'G', ['G']],
  ['controls', '\r\n\t\b\u007f', ['enter', 'enter', 'tab', 'backspace', 'backspace']],
  ['Ctrl with letters', '\u0001\u0003\u001a', ['ctrl-a', 'ctrl-c', 'ctrl-z']],
  ['Ctrl with others', '\u0000\u001c\u001d', ['ctrl- ', 'ctrl-\\', 'ctrl-]']],
  ['Alt', '\u001bx\u001b\u0001\u001b\r', ['alt-x', 'alt-ctrl-a', 'alt-enter']],
  ['arrows', '\u001b[A\u001b[B\u001b[C\u001b[D', ['up', 'down', 'right', 'left']],
  ['arrows in application mode', '\u001bOA\u001bOB', ['up', 'down']],
  ['Home and End of xterm', '\u001b[H\u001b[F\u001bOH\u001bOF', ['home', 'end', 'home', 'end']],
  [
    'Home and End of others',
    '\u001b[1~\u001b[4~\u001b[7~\u001b[8~',
    ['home', 'end', 'home', 'end'],
  ],
  ['pages', '\u001b[5~\u001b[6~', ['pageUp', 'pageDown']],
  ['Insert and Delete', '\u001b[2~\u001b[3~', ['insert', 'delete']],
  ['Shift-Tab', '\u001b[Z', ['shift-tab']],
  ['modifiers', '\u001b[1;5A\u001b[1;2C\u001b[3;3~', ['ctrl-up', 'shift-right', 'alt-delete']],
  ['F1 to F4 of xterm', '\u001bOP\u001bOS', ['f1', 'f4']],
  ['F1 and F5 of the Linux console', '\u001b[[A\u001b[[E', ['f1', 'f5']],
  ['F5 and F12', '\u001b[15~\u001b[24~', ['f5', 'f12']],
  ['Escape', '\u001b', ['escape']],
  ['Escape twice', '\u001b\u001b', ['escape', 'escape']],
  ['Escape before an arrow', '\u001b\u001b[A', ['escape', 'up']],
  ['an answer that nobody asked for', '\u001b[?62;c\u001b[24;80Rj', ['j']],
  ['focus coming and going', '\u001b[Ij\u001b[O', ['j']],
  ['a sequence that breaks off', '\u001b[1;\u0001', ['1', ';', 'ctrl-a']],
  ['a paste', '\u001b[200~q\r\nx\r\u001b[201~j', ['[q\nx\n]', 'j']],
  ['a paste that holds an escape', '\u001b[200~a\u001b[Ab\u001b[201~', ['[a\u001b[Ab]']],
];

describe('keys', () => {
  test.each(BYTES)('%s', (_, input, keys) => {
    expect(decode(input)).toEqual(keys);
  });

  test.each(BYTES)('%s, one byte at a time', (_, input, keys) => {
    const bytes = new TextEncoder().encode(input);
    expect(decodeBytes(Array.from(bytes, byte => Uint8Array.of(byte)))).toEqual(keys);
  });

  test('what stands before an undecided Escape is told at once', () => {
    const decoder = new KeyDecoder();
    expect(decoder.push(new TextEncoder().encode('j\u001b'))).toHaveLength(1);
    expect(decoder.isUndecided).toBe(true);
  });

  test('a paste waits for its end however long that takes', () => {
    const decoder = new KeyDecoder();
    decoder.push(new TextEncoder().encode('\u001b[200~half'));
    expect(decoder.isUndecided).toBe(false);
    expect(decoder.decide()).toEqual([]);
    const rest = decoder.push(new TextEncoder().encode(' whole\u001b[201~'));
    expect(rest).toEqual([{ kind: 'paste', text: 'half whole' }]);
  });

  test('a paste without measure is cut, and the keyboard works behind it', () => {
    const chunk = 'x'.repeat(50_000);
    const [paste = '', ...keys] = decode('\u001b[200~', chunk, chunk, `${chunk}\u001b[2`, '01~j');
    expect(paste.length).toBeLessThan(70_000);
    expect(keys).toEqual(['j']);
  });

  test('no input keeps it from finding the key behind it', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 12 }), { maxLength: 8 }), chunks => {
        const end = new TextEncoder().encode('\u001b[201~~~j');
        expect(
          decodeBytes([...chunks, end])
            .at(-1)
            ?.at(-1),
        ).toBe('j');
      }),
    );
  });
});
