import { type Embedding, mappedEmbedding } from '../../embedding.ts';
import { encodeDoubleQuoted, readEscape } from '../../escaped-text.ts';

/** A value, and where the text goes on behind it. */
export interface ReadScalar {
  readonly value: Embedding;
  readonly end: number;
}

/**
 * The text between quotes, which may go over several lines (YAML 1.2.2, 7.3): one line break is a blank, further ones
 * are line breaks.
 * @param at of the opening quote
 * @param column a line that is indented no deeper belongs to something else
 * @returns undefined when there is no closing quote
 */
export function readQuoted(source: string, at: number, column: number): ReadScalar | undefined {
  return new QuotedReader(source, at, column).read();
}

class QuotedReader {
  readonly #source: string;
  readonly #quote: string;
  readonly #column: number;
  #at: number;
  readonly #pieces: string[] = [];
  readonly #offsets: number[] = [];
  /** Pieces before this one do not go when a line break follows: they were written as escapes, or are no blanks. */
  #kept = 0;

  constructor(source: string, at: number, column: number) {
    this.#source = source;
    this.#quote = source.charAt(at);
    this.#column = column;
    this.#at = at + 1;
  }

  read(): ReadScalar | undefined {
    for (;;) {
      const character = this.#source.charAt(this.#at);
      if (character === '') return;
      if (character === '\n') {
        if (!this.#foldLine()) return;
      } else if (character === '\\' && this.#quote === '"') {
        if (!this.#readEscape()) return;
      } else if (character !== this.#quote) {
        this.#push(character, this.#at);
        this.#at += 1;
        if (!/[ \t\r]/.test(character)) this.#kept = this.#pieces.length;
      } else if (this.#quote === "'" && this.#source.charAt(this.#at + 1) === "'") {
        this.#push("'", this.#at);
        this.#at += 2;
        this.#kept = this.#pieces.length;
      } else return this.#finish();
    }
  }

  #finish(): ReadScalar {
    this.#offsets.push(this.#at);
    const encode = this.#quote === '"' ? encodeDoubleQuoted : singleQuoted;
    const text = this.#pieces.join('');
    return {
      value: mappedEmbedding({ text, offsets: this.#offsets, encode }),
      end: this.#at + 1,
    };
  }

  #push(unit: string, offset: number): void {
    this.#pieces.push(unit);
    this.#offsets.push(offset);
  }

  #readEscape(): boolean {
    if (/^\r?\n/.test(this.#source.slice(this.#at + 1, this.#at + 3))) {
      // The break itself is escaped: nothing stands for it.
      this.#kept = this.#pieces.length;
      this.#at = this.#source.indexOf('\n', this.#at);
      return this.#skipBreaks() !== undefined;
    }
    const [length, decoded] = readEscape(this.#source, this.#at);
    for (const unit of decoded.split('')) this.#push(unit, this.#at);
    this.#at += length;
    this.#kept = this.#pieces.length;
    return true;
  }

  #foldLine(): boolean {
    this.#pieces.length = this.#kept;
    this.#offsets.length = this.#kept;
    const first = this.#at;
    const breaks = this.#skipBreaks();
    if (!breaks) return false;
    if (breaks.length === 1) this.#push(' ', first);
    for (const offset of breaks.slice(1)) this.#push('\n', offset);
    this.#kept = this.#pieces.length;
    return true;
  }

  /** @returns where the line breaks stand up to the next line with a text; undefined when that is no part of this one */
  #skipBreaks(): number[] | undefined {
    const breaks: number[] = [];
    let indentation = 0;
    for (; ; this.#at += 1) {
      const character = this.#source.charAt(this.#at);
      if (character === '\n') {
        breaks.push(this.#at);
        indentation = 0;
      } else if (character === ' ' || character === '\t' || character === '\r') indentation += 1;
      else break;
    }
    const isClosed = this.#source.charAt(this.#at) === this.#quote;
    return indentation > this.#column || isClosed ? breaks : undefined;
  }
}

/** Folding makes another text of line breaks. */
function singleQuoted(text: string): string | undefined {
  return text.includes('\n') ? undefined : text.replaceAll("'", "''");
}
