import { EventEmitter } from 'node:events';
import type { TerminalProcess } from '../../../../src/ui/terminal/terminal-session.ts';

/** A process with a terminal that writes down, in order, all that is done to it. */
export class FakeProcess extends EventEmitter implements TerminalProcess {
  readonly pid = 4711;
  /** `write …`, `raw on`, `raw off`, `kill PID SIGNAL` */
  readonly log: string[] = [];
  readonly stdin: FakeInput;
  readonly stdout: FakeOutput;

  constructor(size: { readonly columns: number; readonly rows: number }) {
    super();
    this.stdin = new FakeInput(this.log);
    this.stdout = new FakeOutput(this.log, size);
  }

  kill(pid: number, signal: string): void {
    this.log.push(`kill ${pid} ${signal}`);
  }

  type(keys: string): void {
    this.stdin.emit('data', new TextEncoder().encode(keys));
  }

  resize(size: { readonly columns: number; readonly rows: number }): void {
    Object.assign(this.stdout, size);
    this.stdout.emit('resize');
  }

  /** What was done since the last time. */
  takeLog(): string[] {
    return this.log.splice(0);
  }
}

class FakeInput extends EventEmitter {
  readonly #log: string[];

  constructor(log: string[]) {
    super();
    this.#log = log;
  }

  setRawMode(isRaw: boolean): void {
    this.#log.push(`raw ${isRaw ? 'on' : 'off'}`);
  }

  resume(): void {
    this.#log.push('resume');
  }

  pause(): void {
    this.#log.push('pause');
  }
}

class FakeOutput extends EventEmitter {
  columns: number;
  rows: number;
  readonly #log: string[];

  constructor(log: string[], size: { readonly columns: number; readonly rows: number }) {
    super();
    this.#log = log;
    this.columns = size.columns;
    this.rows = size.rows;
  }

  write(text: string): void {
    this.#log.push(`write ${text.replaceAll('\u001b', '^')}`);
  }
}
