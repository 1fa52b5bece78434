/** Somebody to talk to, one line after another. */
export interface LineDialogue {
  /** Lines, without their ends. What they show is safe to be shown. */
  say(...lines: readonly string[]): Promise<void>;
  /**
   * The answer without the spaces around it.
   * @throws EndOfAnswers when there will be none
   */
  ask(prompt: string): Promise<string>;
}

/** Whoever answered has gone: end of file on standard input. */
export class EndOfAnswers extends Error {
  override readonly name = 'EndOfAnswers';
}
