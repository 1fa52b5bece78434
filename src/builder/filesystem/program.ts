/** One call of a program; src/host/run-program.ts makes them. */
export interface ProgramCall {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  /** For its standard input. */
  readonly input?: string;
}

export interface ProgramEnd {
  /** Exit code; undefined when a signal ended it. */
  readonly status: number | undefined;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

/** @returns `missing` when there is no such program */
export type RunProgram = (call: ProgramCall) => Promise<ProgramEnd | 'missing'>;
