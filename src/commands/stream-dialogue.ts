import { EndOfAnswers, type LineDialogue } from '../ui/wizard/plain/line-dialogue.ts';
import type { CommandIo } from './command-io.ts';

/**
 * A dialogue on standard input and output. The terminal edits the lines itself, nothing is ever redrawn, and no control
 * sequence is written: that suits screen readers, serial lines and whatever calls itself a terminal.
 */
export class StreamDialogue implements LineDialogue {
  readonly #io: Pick<CommandIo, 'stdout'>;
  readonly #input: AsyncIterator<Uint8Array>;
  readonly #decoder = new TextDecoder();
  #text = '';
  #hasEnded = false;

  constructor(io: Pick<CommandIo, 'stdin' | 'stdout'>) {
    this.#io = io;
    this.#input = io.stdin()[Symbol.asyncIterator]();
  }

  say(...lines: readonly string[]): Promise<void> {
    return this.#io.stdout(lines.map(line => `${line.trimEnd()}\n`).join(''));
  }

  async ask(prompt: string): Promise<string> {
    await this.#io.stdout(prompt);
    const line = await this.#readLine();
    if (line !== undefined) return line.trim();
    // The end of input leaves the cursor behind the question.
    await this.#io.stdout('\n');
    throw new EndOfAnswers();
  }

  /** A last line without an end counts too; undefined when there is none. */
  async #readLine(): Promise<string | undefined> {
    for (;;) {
      const end = this.#text.indexOf('\n');
      if (end >= 0) {
        const line = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 1);
        return line;
      }
      if (this.#hasEnded) {
        const rest = this.#text;
        this.#text = '';
        return rest === '' ? undefined : rest;
      }
      const { value, done } = await this.#input.next();
      this.#hasEnded = done === true;
      this.#text += done ? this.#decoder.decode() : this.#decoder.decode(value, { stream: true });
    }
  }
}
