/** How the interface was left. */
export interface TuiEnd {
  readonly exitCode: number;
  /** For the terminal, once it shows its own screen again: what was written, the command to repeat. */
  readonly lines: readonly string[];
}

/** Also by what made it impossible to go on: it ends the program as it would on the command line. */
export type TuiOutcome = TuiEnd | { readonly error: unknown };
