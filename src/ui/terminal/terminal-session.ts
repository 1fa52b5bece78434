import type { Charset } from '../charset.ts';
import { FramePainter, type ScreenSize } from './frame-painter.ts';
import { KeyDecoder } from './key-decoder.ts';
import type { Key, TerminalEvent } from './terminal-event.ts';

/** What the session needs of the process; node's own fits. */
export interface TerminalProcess {
  readonly pid: number;
  readonly stdin: {
    setRawMode(isRaw: boolean): unknown;
    resume(): unknown;
    pause(): unknown;
    on(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
    on(event: 'end' | 'error', listener: () => void): unknown;
    off(event: 'data', listener: (bytes: Uint8Array) => void): unknown;
    off(event: 'end' | 'error', listener: () => void): unknown;
  };
  readonly stdout: {
    readonly columns: number;
    readonly rows: number;
    write(text: string): unknown;
    on(event: 'resize', listener: () => void): unknown;
    off(event: 'resize', listener: () => void): unknown;
  };
  kill(pid: number, signal: 'SIGHUP' | 'SIGQUIT' | 'SIGTSTP' | 'SIGWINCH'): unknown;
  on(signal: 'SIGTSTP' | 'SIGCONT', listener: () => void): unknown;
  off(signal: 'SIGTSTP' | 'SIGCONT', listener: () => void): unknown;
}

/** The whole terminal, lent to the interface: nobody else reads keys or writes to it until the session is closed. */
export interface TerminalSession {
  /** As it is now. */
  readonly size: ScreenSize;
  readonly charset: Charset;
  /** Shows what `render` returns, soon; of several calls in between only the last one counts. */
  draw(render: () => string): void;
  /** Whoever listens last gets the events. */
  onEvent(listener: (event: TerminalEvent) => void): void;
  /** Gives the terminal back for good, as it was. */
  close(): void;
}

/**
 * Takes the terminal: alternate screen, no cursor, keys as they are pressed. Ctrl-Z and a stop signal give it back until
 * the process goes on. It can only be given back while the process lives, so whoever ends the process has to close the
 * session before anything is written that the user should still see.
 */
export function openTerminal(process: TerminalProcess, charset: Charset): TerminalSession {
  const session = new Session(process, charset);
  session.open();
  return session;
}

const ENTER = [
  '\u001b[?1049h', // the alternate screen
  '\u001b[?25l', // no cursor
  '\u001b[?7l', // a line that is too wide is cut instead of shifting all that follow
  '\u001b[?2004h', // pastes are marked as such
  '\u001b[H\u001b[2J',
].join('');
const LEAVE = '\u001b[0m\u001b[?2004l\u001b[?7h\u001b[?25h\u001b[?1049l';

/** A terminal that doesn't know its size (a serial line, some containers) says 0x0. */
const USUAL_SIZE: ScreenSize = { columns: 80, rows: 24 };
/** Thirty frames a second look like motion; more only cost. */
const FRAME_TIME_MS = 33;
/** The rest of a sequence may be a network's hiccup behind its Escape. */
const ESCAPE_TIME_MS = 50;
/** After this a process that asked to be stopped knows that it was not, because nobody could make it go on. */
const STOP_TIME_MS = 50;

class Session implements TerminalSession {
  readonly charset: Charset;
  readonly #process: TerminalProcess;
  readonly #keys = new KeyDecoder();
  readonly #painter = new FramePainter();
  #state: 'closed' | 'suspended' | 'open' = 'closed';
  #listener: (event: TerminalEvent) => void = () => undefined;
  #render: (() => string) | undefined;
  #frameTimer: NodeJS.Timeout | undefined;
  #isFrameDue = false;
  #escapeTimer: NodeJS.Timeout | undefined;
  #stopTimer: NodeJS.Timeout | undefined;

  constructor(process: TerminalProcess, charset: Charset) {
    this.charset = charset;
    this.#process = process;
  }

  get size(): ScreenSize {
    const { columns, rows } = this.#process.stdout;
    return { columns: columns || USUAL_SIZE.columns, rows: rows || USUAL_SIZE.rows };
  }

  open(): void {
    const { stdin, stdout } = this.#process;
    stdin.on('data', this.#onData);
    stdin.on('end', this.#onHangup);
    stdin.on('error', this.#onHangup);
    stdout.on('resize', this.#onResize);
    this.#process.on('SIGTSTP', this.#suspend);
    this.#process.on('SIGCONT', this.#resume);
    this.#takeTerminal();
    stdin.resume();
  }

  draw(render: () => string): void {
    this.#render = render;
    this.#isFrameDue = true;
    this.#frameTimer ??= setTimeout(this.#paintDue, 0);
  }

  onEvent(listener: (event: TerminalEvent) => void): void {
    this.#listener = listener;
  }

  close(): void {
    if (this.#state === 'closed') return;
    const { stdin, stdout } = this.#process;
    clearTimeout(this.#frameTimer);
    clearTimeout(this.#escapeTimer);
    clearTimeout(this.#stopTimer);
    if (this.#state === 'open') this.#returnTerminal();
    this.#state = 'closed';
    stdin.off('data', this.#onData);
    stdin.off('end', this.#onHangup);
    stdin.pause();
    stdout.off('resize', this.#onResize);
    this.#process.off('SIGTSTP', this.#suspend);
    this.#process.off('SIGCONT', this.#resume);
    // Whatever a dead terminal still has to say, nobody wants to hear it: the listener for errors stays.
  }

  #takeTerminal(): void {
    const { stdin, stdout } = this.#process;
    this.#state = 'open';
    // The mode is remembered by Node.js and was perhaps changed by the shell: only a change from the normal one is set.
    stdin.setRawMode(false);
    stdin.setRawMode(true);
    this.#painter.forget();
    stdout.write(ENTER);
  }

  #returnTerminal(): void {
    this.#process.stdout.write(LEAVE);
    this.#process.stdin.setRawMode(false);
  }

  /** Node.js stops at a signal only while nobody listens to it. The whole group is meant, as if the terminal had sent it. */
  readonly #suspend = (): void => {
    if (this.#state !== 'open') return;
    this.#returnTerminal();
    this.#state = 'suspended';
    this.#process.off('SIGTSTP', this.#suspend);
    this.#process.kill(0, 'SIGTSTP');
    this.#stopTimer = setTimeout(this.#resume, STOP_TIME_MS);
  };

  /** Also after a stop that could not be caught, which left the terminal to the shell as it was. */
  readonly #resume = (): void => {
    if (this.#state === 'closed') return;
    clearTimeout(this.#stopTimer);
    if (this.#state === 'suspended') this.#process.on('SIGTSTP', this.#suspend);
    else this.#returnTerminal();
    this.#takeTerminal();
    // A size that Node.js heard of while the terminal was the shell's was told to nobody.
    this.#listener({ kind: 'resize' });
    if (this.#render) this.draw(this.#render);
    // Only the foreground is told of a new size. This signal lets Node.js ask for it.
    this.#process.kill(this.#process.pid, 'SIGWINCH');
  };

  readonly #onData = (bytes: Uint8Array): void => {
    clearTimeout(this.#escapeTimer);
    this.#handle(this.#keys.push(bytes));
    if (!this.#keys.isUndecided) return;
    this.#escapeTimer = setTimeout(() => this.#handle(this.#keys.decide()), ESCAPE_TIME_MS);
  };

  #handle(events: readonly TerminalEvent[]): void {
    for (const event of events) {
      if (isKey(event, 'ctrl-z')) this.#suspend();
      // Raw mode took the meaning from this key as well.
      else if (isKey(event, 'ctrl-\\')) this.#process.kill(this.#process.pid, 'SIGQUIT');
      else if (this.#state === 'open') this.#listener(event);
    }
  }

  readonly #onResize = (): void => {
    if (this.#state !== 'open') return;
    // Terminals differ in what they keep of a screen whose size changes.
    this.#painter.forget();
    this.#process.stdout.write('\u001b[2J');
    this.#listener({ kind: 'resize' });
    if (this.#render) this.draw(this.#render);
  };

  readonly #onHangup = (): void => {
    if (this.#state === 'open') this.#process.kill(this.#process.pid, 'SIGHUP');
  };

  readonly #paintDue = (): void => {
    this.#frameTimer = undefined;
    if (!this.#isFrameDue || this.#state !== 'open' || !this.#render) return;
    this.#isFrameDue = false;
    const changes = this.#painter.paint(this.#render(), this.size);
    if (changes !== '') this.#process.stdout.write(changes);
    this.#frameTimer = setTimeout(this.#paintDue, FRAME_TIME_MS);
  };
}

function isKey(event: TerminalEvent, key: Key): boolean {
  return event.kind === 'key' && event.key === key;
}
