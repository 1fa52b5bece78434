import { spawnSync } from 'node:child_process';

export interface RunResult {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Runs a program to its end. A program that is missing fails the test: these tests exist for the real systems. */
export function run(command: string, args: readonly string[], input?: string): RunResult {
  const result = spawnSync(command, args, { input, maxBuffer: 1 << 30 });
  if (result.error) throw result.error;
  return { status: result.status, stdout: result.stdout, stderr: result.stderr.toString() };
}

/** Like {@link run}, but anything than exit code 0 is an error that shows what the program said. */
export function runOk(command: string, args: readonly string[], input?: string): Buffer {
  const { status, stdout, stderr } = run(command, args, input);
  if (status === 0) return stdout;
  throw new Error(
    `${command} ${args.join(' ')}: exit ${status}\n${stdout.subarray(0, 2000)}${stderr}`,
  );
}
