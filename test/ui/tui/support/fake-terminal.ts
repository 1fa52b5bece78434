import { setTimeout } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import type { Charset } from '../../../../src/ui/charset.ts';
import type { TerminalEvent } from '../../../../src/ui/terminal/terminal-event.ts';
import type { TerminalSession } from '../../../../src/ui/terminal/terminal-session.ts';
import type { Viewport } from '../../../../src/ui/tui/viewport.ts';

/** Machines that test are slow, do many things at once, and may load a part of the program first. */
const PATIENCE_MS = 20_000;

/** A terminal without a screen: it has a size, takes keys, and remembers what it was to show. */
export class FakeTerminal implements TerminalSession {
  size: Viewport;
  readonly charset: Charset;
  isClosed = false;
  #render: () => string = () => '';
  #listener: (event: TerminalEvent) => void = () => undefined;

  constructor(size: Viewport, charset: Charset = 'utf8') {
    this.charset = charset;
    this.size = size;
  }

  draw(render: () => string): void {
    this.#render = render;
  }

  onEvent(listener: (event: TerminalEvent) => void): void {
    this.#listener = listener;
  }

  close(): void {
    this.isClosed = true;
  }

  press(...keys: readonly string[]): void {
    for (const key of keys) this.#listener({ kind: 'key', key });
  }

  /** One key for each character. */
  type(text: string): void {
    this.press(...text);
  }

  paste(text: string): void {
    this.#listener({ kind: 'paste', text });
  }

  resize(size: Viewport): void {
    this.size = size;
    this.#listener({ kind: 'resize' });
  }

  /** What one sees, without colours and without the spaces at the ends of lines. */
  frame(): string {
    return `${stripVTControlCharacters(this.painted()).replaceAll(/ +$/gm, '')}\n`;
  }

  /** The same with its control sequences. */
  painted(): string {
    return this.#render();
  }

  /** Waits for work that is under way. @throws with the last frame when that does not come */
  async until(text: string | RegExp): Promise<void> {
    const isThere = () => {
      const frame = this.frame();
      return typeof text === 'string' ? frame.includes(text) : text.test(frame);
    };
    for (const start = performance.now(); !isThere(); await setTimeout(5)) {
      if (performance.now() - start > PATIENCE_MS)
        throw new Error(`no ${text} in\n${this.frame()}`);
    }
  }
}
