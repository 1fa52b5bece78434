import type { CommandIo } from '../../src/commands/command-io.ts';

/** A process that only remembers what was said. */
export interface FakeIo extends CommandIo {
  readonly said: { stdout: string; stderr: string };
}

export function fakeIo(stdin: readonly Uint8Array[] = []): FakeIo {
  const said = { stdout: '', stderr: '' };
  return {
    said,
    async stdout(text) {
      said.stdout += text;
    },
    stderr(text) {
      said.stderr += text;
    },
    async *stdin() {
      yield* stdin;
    },
    now: () => 0,
    columns: 80,
  };
}
