import type { Key, TerminalEvent } from './terminal-event.ts';

/**
 * What a terminal sends, taken apart into keys and pastes: xterm's control sequences, which every terminal of today
 * speaks, and those of the Linux console and of rxvt where they differ. A sequence may come in pieces, and many keys at
 * once; what is no key that we know is swallowed.
 */
export class KeyDecoder {
  #pending = '';
  readonly #utf8 = new TextDecoder();

  push(bytes: Uint8Array): TerminalEvent[] {
    this.#pending += this.#utf8.decode(bytes, { stream: true });
    const events: TerminalEvent[] = [];
    while (this.#pending !== '') {
      const token = nextToken(this.#pending);
      if (token === undefined) break;
      this.#pending = this.#pending.slice(token.length);
      if (token.event) events.push(token.event);
    }
    this.#pending = cutPaste(this.#pending);
    return events;
  }

  /** True while an Escape may be the beginning of a sequence whose rest is on its way, and may be the key. */
  get isUndecided(): boolean {
    return this.#pending !== '' && !this.#pending.startsWith(PASTE_START);
  }

  /** Nothing followed in time: it was the key. */
  decide(): TerminalEvent[] {
    if (!this.isUndecided) return [];
    const isEscape = this.#pending === ESCAPE;
    this.#pending = '';
    return isEscape ? [key('escape')] : [];
  }
}

const ESCAPE = '\u001b';
const PASTE_START = '\u001b[200~';
const PASTE_END = '\u001b[201~';

/** How much of the input was understood, and as what; nothing if it has no meaning for us. */
interface Token {
  readonly length: number;
  readonly event?: TerminalEvent;
}

/** Undefined if the rest of the token has not come yet. */
function nextToken(text: string): Token | undefined {
  if (text.startsWith(PASTE_START)) return pasteToken(text);
  if (!text.startsWith(ESCAPE)) return characterToken(text);
  const second = text.charAt(1);
  if (second === '') return;
  if (second === '[') return controlToken(text);
  if (second === 'O') return singleShiftToken(text);
  // Two of them: the first was the key, the second may begin anything.
  if (second === ESCAPE) return { length: 1, event: key('escape') };
  const { length, name } = characterKey(text.slice(1));
  return { length: 1 + length, event: key(`alt-${name}`) };
}

/** Whoever pastes a whole file has erred; the end of it must be found all the same, or the keyboard would be dead. */
const MOST_PASTED = 1 << 16;

function cutPaste(pending: string): string {
  if (!pending.startsWith(PASTE_START) || pending.length <= MOST_PASTED) return pending;
  return pending.slice(0, MOST_PASTED) + pending.slice(Math.max(MOST_PASTED, pending.length - 5));
}

function pasteToken(text: string): Token | undefined {
  const end = text.indexOf(PASTE_END);
  if (end === -1) return;
  const pasted = text.slice(PASTE_START.length, end).replaceAll(/\r\n?/g, '\n');
  return { length: end + PASTE_END.length, event: { kind: 'paste', text: pasted } };
}

const NAMED_CONTROLS: Readonly<Record<string, Key>> = {
  '\r': 'enter',
  '\n': 'enter',
  '\t': 'tab',
  '\b': 'backspace',
  '\u007f': 'backspace',
};

function characterToken(text: string): Token {
  const { length, name } = characterKey(text);
  return { length, event: key(name) };
}

function characterKey(text: string): { readonly length: number; readonly name: Key } {
  const code = text.codePointAt(0) ?? 0;
  const character = String.fromCodePoint(code);
  const { length } = character;
  const named = NAMED_CONTROLS[character];
  if (named || code >= 0x20) return { length, name: named ?? character };
  // Ctrl takes the two bits away that tell capitals and small letters from controls.
  const letter = String.fromCharCode(code + 0x40).toLowerCase();
  return { length, name: `ctrl-${code === 0 ? ' ' : letter}` };
}

/** By the letter that ends the sequence. */
const LETTER_KEYS: Readonly<Record<string, Key>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  R: 'f3',
  S: 'f4',
};

/** By the number before the tilde. */
const NUMBER_KEYS: Readonly<Record<number, Key>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageUp',
  6: 'pageDown',
  7: 'home',
  8: 'end',
  11: 'f1',
  12: 'f2',
  13: 'f3',
  14: 'f4',
  15: 'f5',
  17: 'f6',
  18: 'f7',
  19: 'f8',
  20: 'f9',
  21: 'f10',
  23: 'f11',
  24: 'f12',
};

/** A control sequence as ECMA-48 builds them: parameters, intermediates, one final character. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what it begins with.
const CONTROL_SEQUENCE = /^\u001b\[([\u0030-\u003f]*)([\u0020-\u002f]*)([\u0040-\u007e])/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const CONTROL_BEGINNING = /^\u001b\[[\u0030-\u003f]*[\u0020-\u002f]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above.
const LINUX_FUNCTION_KEY = /^\u001b\[\[([A-E])/;

function controlToken(text: string): Token | undefined {
  // The console of Linux has F1 to F5 as ESC [ [ A to E, which the standard would end at the second bracket.
  const [linux, letter = ''] = LINUX_FUNCTION_KEY.exec(text) ?? [];
  if (linux) return { length: linux.length, event: key(`f${'ABCDE'.indexOf(letter) + 1}`) };
  if (text === '\u001b[[') return;
  const [sequence, parameters = '', , final = ''] = CONTROL_SEQUENCE.exec(text) ?? [];
  if (sequence) return { length: sequence.length, ...controlKey(parameters, final) };
  // What cannot become a sequence any more loses its introducer.
  return CONTROL_BEGINNING.test(text) ? undefined : { length: 2 };
}

function controlKey(parameters: string, final: string): Pick<Token, 'event'> {
  if (final === 'Z') return { event: key('shift-tab') };
  const [number = 1, modifier = 1] = parameters.split(';').map(Number);
  // Another number before a letter is an answer of the terminal: ESC [ 24 ; 80 R says where the cursor is.
  const letter = number <= 1 ? LETTER_KEYS[final] : undefined;
  const name = final === '~' ? NUMBER_KEYS[number] : letter;
  if (!name) return {};
  return { event: key(modifiers(modifier - 1) + name) };
}

/** The bits as xterm numbers them; Meta, the fourth, is on no keyboard. */
function modifiers(pressed: number): string {
  const ctrl = (pressed & 4) === 0 ? '' : 'ctrl-';
  const alt = (pressed & 2) === 0 ? '' : 'alt-';
  const shift = (pressed & 1) === 0 ? '' : 'shift-';
  return ctrl + alt + shift;
}

/** How cursor keys look when a program before us left the terminal in application mode. */
function singleShiftToken(text: string): Token | undefined {
  const letter = text.charAt(2);
  if (letter === '') return;
  const name = LETTER_KEYS[letter];
  return { length: 3, ...(name && { event: key(name) }) };
}

function key(name: Key): TerminalEvent {
  return { kind: 'key', key: name };
}
