import { spawn } from 'node:child_process';

export interface CommandResult {
  /** Exit code; 128 + n for a process that signal n ended. */
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** After this many milliseconds the process is killed and the promise rejected. */
  readonly timeLimit?: number;
}

/** Runs a program to its end; a failing exit code is a result, not an error. */
export function runCommand(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandResult> {
  const timeLimit = options.timeLimit ?? 120_000;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...process.env, LC_ALL: 'C', ...options.env },
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill('SIGKILL');
    }, timeLimit);
    child.on('error', error => {
      clearTimeout(timer);
      reject(error);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const result = {
        status: code ?? 128 + (signal === 'SIGKILL' ? 9 : 15),
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      };
      if (timedOut) reject(commandError(`${program} took over ${timeLimit} ms`, args, result));
      else resolve(result);
    });
    // A program that ends without reading its input is no failure of the rig.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);
  });
}

/** Like {@link runCommand}, for commands that have to succeed. Gives standard output. */
export async function runChecked(
  program: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<string> {
  const result = await runCommand(program, args, options);
  if (result.status !== 0) throw commandError(`${program} exited ${result.status}`, args, result);
  return result.stdout;
}

function commandError(what: string, args: readonly string[], result: CommandResult): Error {
  return new Error(`${what}\n${args.join(' ')}\n${result.stdout}\n${result.stderr}`);
}
