import { type CommandResult, runCommand } from './run-command.ts';

export interface NamespaceOptions {
  /** A bash script; a failing command ends it. */
  readonly script: string;
  /** Reaches the script as environment variables. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Milliseconds. */
  readonly timeLimit?: number;
}

/**
 * Runs a script in its own mount and process namespaces. Whatever it mounts or starts ends with it, also when the test
 * is killed: the kernel ends every process of a process namespace with its first one, and the mounts with the last.
 */
export function inNamespace(options: NamespaceOptions): Promise<CommandResult> {
  const script = `set -euo pipefail\nmount --make-rprivate /\n${options.script}`;
  const namespaces = ['--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  return runCommand('unshare', [...namespaces, 'bash', '-c', script], {
    ...(options.variables && { env: options.variables }),
    ...(options.timeLimit !== undefined && { timeLimit: options.timeLimit }),
  });
}
