import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { runChecked } from './run-command.ts';

export interface TmuxOptions {
  readonly columns: number;
  readonly rows: number;
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** What a program must leave behind as it found it. */
export interface TerminalState {
  readonly isAlternate: boolean;
  readonly hasCursor: boolean;
  readonly wraps: boolean;
  /** `stty -g`: every mode of the terminal's line. */
  readonly modes: string;
}

/** How long a screen may take to say what is waited for. Machines that test are slow and do many things at once. */
const PATIENCE_MS = 20_000;
const POLL_MS = 20;

/** The number of the command line and the status of the last one: the screen tells that a program ended, and how. */
const PS1 = '[\\#:$?] ';
const PROMPT = /^\[(\d+):(\d+)\]$/;

let terminals = 0;

/** A real terminal with a shell in it, which a test types into and looks at. Every step waits for what it sees. */
export async function openTmux(options: TmuxOptions): Promise<TmuxTerminal> {
  const { columns, rows, cwd, env = {} } = options;
  terminals += 1;
  const server = `torcx2sysext-${process.pid}-${terminals}`;
  const shell = [
    'env',
    '-u',
    'CI',
    ...Object.entries({ PS1, LC_ALL: 'C.UTF-8', ...env }).map(pair => pair.join('=')),
  ];
  await runChecked('tmux', [
    ...['-L', server, '-f', '/dev/null', 'start-server', ';'],
    ...['set-option', '-g', 'status', 'off', ';'],
    ...['set-option', '-g', 'default-terminal', 'screen-256color', ';'],
    ...['new-session', '-d', '-x', `${columns}`, '-y', `${rows}`, '-c', cwd],
    ...[...shell, 'bash', '--norc', '--noprofile', '-i'],
  ]);
  const terminal = new TmuxTerminal(server);
  await terminal.waitForShell();
  return terminal;
}

export class TmuxTerminal {
  readonly #server: string;
  /** Of the prompt that was seen last, and of the one that a line was typed at. */
  #seen = 0;
  #typedAt = 0;

  constructor(server: string) {
    this.#server = server;
  }

  /** Types a line at the shell's prompt. */
  async run(line: string): Promise<void> {
    this.#typedAt = this.#seen;
    await this.type(line);
    await this.press('Enter');
  }

  /** By tmux' names: `Enter`, `Escape`, `C-c`, `PageDown`, `j`. */
  async press(...keys: readonly string[]): Promise<void> {
    await this.#tmux('send-keys', ...keys);
  }

  async type(text: string): Promise<void> {
    await this.#tmux('send-keys', '-l', '--', text);
  }

  /** As the clipboard gives it, with the brackets that the program asked for. */
  async paste(text: string): Promise<void> {
    await this.#tmux('set-buffer', '--', text);
    await this.#tmux('paste-buffer', '-p');
  }

  /** What is on the screen, without spaces at the ends of lines and empty lines at the end. */
  async screen(): Promise<string> {
    return (await this.#tmux('capture-pane', '-p')).trimEnd();
  }

  /** The screen that has this. Fails with the last one when it does not come. */
  async waitFor(what: string | RegExp, patience = PATIENCE_MS): Promise<string> {
    const isThere = (screen: string) =>
      typeof what === 'string' ? screen.includes(what) : what.test(screen);
    return this.#poll(`no ${what}`, isThere, patience);
  }

  /** Waits until the program is gone or stopped, and gives the status that the shell saw. */
  async waitForShell(): Promise<number> {
    let status = 0;
    await this.#poll('no prompt of the shell', screen => {
      const [, number = 0, code = 0] = (PROMPT.exec(screen.split('\n').at(-1) ?? '') ?? []).map(
        Number,
      );
      this.#seen = Math.max(this.#seen, number);
      status = code;
      return number > this.#typedAt;
    });
    return status;
  }

  async resize(columns: number, rows: number): Promise<void> {
    await this.#tmux('resize-window', '-x', `${columns}`, '-y', `${rows}`);
  }

  /** The process that the shell has started. */
  async program(): Promise<number> {
    const shell = await this.#display('#{pane_pid}');
    const [child] = readFileSync(`/proc/${shell}/task/${shell}/children`, 'utf8').split(' ');
    return Number(child);
  }

  async kill(signal: NodeJS.Signals): Promise<void> {
    process.kill(await this.program(), signal);
  }

  /** To be asked at the prompt: the shell's line editor has modes of its own only while it waits for keys. */
  async state(): Promise<TerminalState> {
    const flags = await this.#display('#{alternate_on} #{cursor_flag} #{wrap_flag}');
    const [isAlternate, hasCursor, wraps] = flags.split(' ').map(flag => flag === '1');
    await this.run('clear; stty -g');
    const screen = await this.waitFor(/^[0-9a-f:]{40,}/);
    await this.waitForShell();
    const [modes = ''] = screen.split(/\n(?=\[)/);
    return {
      isAlternate: isAlternate === true,
      hasCursor: hasCursor === true,
      wraps: wraps === true,
      modes: modes.replaceAll('\n', ''),
    };
  }

  async close(): Promise<void> {
    await this.#tmux('kill-server');
  }

  async #poll(
    complaint: string,
    isThere: (screen: string) => boolean,
    patience = PATIENCE_MS,
  ): Promise<string> {
    const end = performance.now() + patience;
    for (;;) {
      const screen = await this.screen();
      if (isThere(screen)) return screen;
      if (performance.now() > end) throw new Error(`${complaint} on the screen:\n${screen}`);
      await sleep(POLL_MS);
    }
  }

  async #display(format: string): Promise<string> {
    return (await this.#tmux('display-message', '-p', format)).trimEnd();
  }

  #tmux(...args: readonly string[]): Promise<string> {
    return runChecked('tmux', ['-L', this.#server, ...args]);
  }
}
