import { type ChildProcess, spawn } from 'node:child_process';
import { errorCode } from './disk-error.ts';

export interface ProgramRequest {
  readonly program: string;
  readonly args: readonly string[];
  readonly directory?: string;
  /** On top of a locale that changes no message and no order. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** Ends it. */
  readonly signal?: AbortSignal;
}

export interface ProgramResult {
  /** Exit code; undefined when a signal ended it. */
  readonly status: number | undefined;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/**
 * Where programs are looked for. The user's PATH may name directories that others write to, and this program is often
 * run by root.
 */
const PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const running = new Set<ChildProcess>();

/**
 * Runs a program to its end; a failing exit code is a result.
 * @returns `missing` when there is no such program
 */
export function runProgram(request: ProgramRequest): Promise<ProgramResult | 'missing'> {
  const { program, args, directory, environment, input, signal } = request;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...(directory !== undefined && { cwd: directory }),
      env: { PATH, LC_ALL: 'C', TZ: 'UTC', ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    running.add(child);
    const end = () => child.kill('SIGKILL');
    signal?.addEventListener('abort', end);
    const ended = () => {
      running.delete(child);
      signal?.removeEventListener('abort', end);
    };
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', error => {
      ended();
      // A file of that name that cannot be run is no program either.
      if (errorCode(error) === 'ENOENT' || errorCode(error) === 'EACCES') resolve('missing');
      else reject(error);
    });
    child.on('close', code => {
      ended();
      resolve({
        status: code ?? undefined,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString(),
      });
    });
    // A program that ends before it has read everything says by its exit code whether that is a failure.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
  });
}

/** Ends what was started and is not done: after a signal nobody waits for it. */
export function endPrograms(): void {
  for (const child of running) child.kill('SIGKILL');
}
