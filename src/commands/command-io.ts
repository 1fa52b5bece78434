import type { TerminalSession } from '../ui/terminal/terminal-session.ts';

/** The process as a command sees it; cli.ts has the real one, tests have their own. */
export interface CommandIo {
  /**
   * Resolves when the text is on its way, so that a closed pipe is noticed. Bytes that are no UTF-8 (see path-text.ts)
   * leave as those bytes: a patch of such a file has to apply.
   */
  stdout(text: string): Promise<void>;
  stderr(text: string): void;
  stdin(): AsyncIterable<Uint8Array>;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Width of the terminal that stderr is, in columns. */
  readonly columns: number;
  /** Somebody looks at stdout: nothing may act on the terminal. */
  readonly isTerminal?: boolean;
  /** Lends the whole terminal to an interface of screens; absent where there is none that could show them. */
  openTerminal?(): Promise<TerminalSession>;
  /** What is said when a signal ends the run, besides the signal. Ends in a newline. */
  setLastWords?(words: () => string): void;
  /** What takes the progress away before an error is shown: whatever ended the run, nobody else may come to do it. */
  setProgressEnd?(end: () => void): void;
  /** Where temporary files go, when the user has said so (TMPDIR). */
  readonly temporaryDirectory?: string;
}
