import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

export interface PseudoTerminalOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** script(1) runs its command by $SHELL, and where that is not set by sh, which is not the same program everywhere. */
const SHELL = '/bin/bash';

/** How long a line may take to come. Machines that test are slow and do many things at once. */
const PATIENCE_MS = 20_000;

/**
 * A program on a pseudo-terminal that script(1) makes, whose other end are pipes: as an expect script, a serial console
 * or a screen reader's speech buffer sees it, one stream of characters.
 */
export class PseudoTerminal {
  readonly #child;
  readonly #ended: Promise<number>;
  #text = '';
  #seen = 0;

  constructor(command: string, { cwd, env = {} }: PseudoTerminalOptions) {
    const { CI: _automated, ...own } = process.env;
    this.#child = spawn('script', ['-qfec', command, '/dev/null'], {
      cwd,
      env: { ...own, SHELL, ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#child.stdout.setEncoding('utf8');
    this.#child.stdout.on('data', (text: string) => {
      this.#text += text;
    });
    this.#ended = new Promise(resolve => {
      this.#child.on('close', code => resolve(code ?? -1));
    });
  }

  /** Everything that came, with the answers as the terminal echoed them. */
  get text(): string {
    return this.#text.replaceAll('\r\n', '\n');
  }

  /** Waits for a text behind all those that were waited for before, and answers it. */
  async answer(question: string, answer: string): Promise<void> {
    await this.waitFor(question);
    this.type(`${answer}\n`);
  }

  type(keys: string): void {
    this.#child.stdin.write(keys);
  }

  async waitFor(wanted: string): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    for (;;) {
      const at = this.#text.indexOf(wanted, this.#seen);
      if (at >= 0) {
        this.#seen = at + wanted.length;
        return;
      }
      if (performance.now() > end) throw new Error(`no '${wanted}' in:\n${this.text}`);
      await sleep(10);
    }
  }

  /** The exit code, when the program has ended. */
  ended(): Promise<number> {
    return this.#ended;
  }
}
