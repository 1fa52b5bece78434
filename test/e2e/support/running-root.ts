import { BOOT, POWER_OFF } from './boot-script.ts';
import { inNamespace } from './in-namespace.ts';
import type { CommandResult } from './run-command.ts';

export interface RunningRootOptions {
  /** A root file system; it is not changed. */
  readonly root: string;
  /** Bash, run before the boot; `$ROOT` is a root that may be written to. */
  readonly prepare?: string;
  /** Bash, run against the booted system by `inside COMMAND…`; `$ROOT` as that system sees it is `/`. */
  readonly script: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Boots a root to which nothing has been merged, with systemd as PID 1, and runs a script against it. What is to be
 * merged is put in place before the boot, or while the system runs, and its own systemd-sysext merges it.
 */
export function inRunningRoot(options: RunningRootOptions): Promise<CommandResult> {
  return inNamespace({
    script: [WRITABLE, options.prepare ?? '', BOOT, options.script, POWER_OFF].join('\n'),
    variables: { ...options.variables, LOWER: options.root },
    timeLimit: 180_000,
  });
}

// Changes go to memory, and end with the namespace.
const WRITABLE = `
mount -t tmpfs tmpfs /run
mkdir /run/upper /run/work /run/root
mount -t overlay overlay -o "lowerdir=$LOWER,upperdir=/run/upper,workdir=/run/work" /run/root
ROOT=/run/root
`;
