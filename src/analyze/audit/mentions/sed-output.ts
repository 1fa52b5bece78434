/** A longer script is not worth a look at all of it for each reference in it. */
const LONGEST_SCRIPT = 10_000;

/**
 * Whether sed puts what stands at `offset` of its script into its output: in the replacement of `s`, or in the text of `a`,
 * `i` and `c`. What cannot be followed counts as a pattern.
 * @param word an argument, as the shell's source has it
 */
export function isSedOutput(word: string, offset: number): boolean {
  if (word.length > LONGEST_SCRIPT) return false;
  let at = /^(?:-\w*e|--expression=)?["']?/.exec(word)?.[0].length ?? 0;
  while (at <= offset) {
    at = behindAddresses(word, at);
    const command = word.charAt(at);
    if (command === 's') {
      const delimiter = word.charAt(at + 1);
      const replacement = behindPattern(word, at + 2, delimiter);
      at = behindPart(word, replacement, delimiter);
      if (offset < at) return offset >= replacement;
    }
    const isText = command === 'a' || command === 'i' || command === 'c';
    at = behindNext(word, at, isText ? /(?<!\\\r?)\n/g : /[;\n]/g);
    if (offset < at) return isText;
  }
  return false;
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

/** Between brackets a delimiter is a character like any other. */
function behindPattern(word: string, from: number, delimiter: string): number {
  return behindPart(word, from, delimiter, /\[\^?\]?[^\]]*\]/y);
}

function behindPart(word: string, from: number, delimiter: string, literal?: RegExp): number {
  let at = from;
  while (at < word.length) {
    const character = word.charAt(at);
    if (character === delimiter) return at + 1;
    if (literal) literal.lastIndex = at;
    at += character === '\\' ? 2 : (literal?.exec(word)?.[0].length ?? 1);
  }
  return at;
}

function behindNext(word: string, from: number, separator: RegExp): number {
  separator.lastIndex = from;
  return separator.exec(word) ? separator.lastIndex : word.length + 1;
}
