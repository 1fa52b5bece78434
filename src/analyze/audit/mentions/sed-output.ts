import { RangeSet } from '../range-set.ts';

/** A longer script is not worth a look at all of it. */
const LONGEST_SCRIPT = 10_000;

/**
 * What sed puts into its output: the replacements of `s`, and the texts of `a`, `i` and `c`. What cannot be followed counts
 * as a pattern.
 * @param word an argument, as the shell's source has it
 * @returns offsets in it
 */
export function sedOutputs(word: string): RangeSet {
  if (last?.word !== word) last = { word, outputs: new RangeSet(outputsOf(word)) };
  return last.outputs;
}

/** Of the argument that is being looked at: it may hold thousands of references. */
let last: { readonly word: string; readonly outputs: RangeSet } | undefined;

function* outputsOf(word: string): Generator<{ start: number; end: number }> {
  if (word.length > LONGEST_SCRIPT) return;
  let at = /^(?:-\w*e|--expression=)?["']?/.exec(word)?.[0].length ?? 0;
  while (at < word.length) {
    at = behindAddresses(word, at);
    const command = word.charAt(at);
    if (command === 's') {
      const delimiter = word.charAt(at + 1);
      const start = behindPattern(word, at + 2, delimiter);
      at = behindReplacement(word, start, delimiter);
      yield { start, end: at };
    }
    const isText = command === 'a' || command === 'i' || command === 'c';
    const start = at;
    at = behindNext(word, at, isText ? /(?<!\\\r?)\n/g : /[;\n]/g);
    if (isText) yield { start, end: at };
  }
}

/** Behind `/pattern/`, `\%pattern%`, numbers, their flags, and what separates commands. */
function behindAddresses(word: string, from: number): number {
  let at = from;
  for (;;) {
    const character = word.charAt(at);
    if (character === '/') at = behindPattern(word, at + 1, '/');
    else if (character === '\\') at = behindPattern(word, at + 2, word.charAt(at + 1));
    else if (/[\s;{}\d,$+~!IM]/.test(character)) at += 1;
    else return at;
  }
}

function behindPattern(word: string, from: number, delimiter: string): number {
  for (let at = from; at < word.length; at += 1) {
    const character = word.charAt(at);
    if (character === delimiter) return at + 1;
    if (character === '\\') at += 1;
    if (character === '[') at = bracketEnd(word, at);
  }
  return word.length;
}

/** Between brackets a delimiter is a character like any other, and so is the `]` that comes first. */
function bracketEnd(word: string, at: number): number {
  const first = at + (word.charAt(at + 1) === '^' ? 2 : 1);
  const end = word.indexOf(']', first + Number(word.charAt(first) === ']'));
  return end < 0 ? at : end;
}

function behindReplacement(word: string, from: number, delimiter: string): number {
  for (let at = from; at < word.length; at += 1) {
    if (word.charAt(at) === delimiter) return at + 1;
    if (word.charAt(at) === '\\') at += 1;
  }
  return word.length;
}

function behindNext(word: string, from: number, separator: RegExp): number {
  separator.lastIndex = from;
  return separator.exec(word) ? separator.lastIndex : word.length;
}
