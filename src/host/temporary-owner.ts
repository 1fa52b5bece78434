import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';

/**
 * Temporary names end in who made the file, so that a later run can tell what a killed one has left behind from what is
 * still being written:
 *
 *     machine 6, boot and process namespace 6, process 6, its start 6, random 8    hexadecimal digits
 *
 * What names the machine and the boot is hashed: it is nobody's business (see machine-id(5)). The random ones keep others
 * from taking the name before.
 */
const SUFFIX =
  /^\..+\.(?<machine>[0-9a-f]{6})(?<space>[0-9a-f]{6})(?<pid>[0-9a-f]{6})(?<start>[0-9a-f]{6})[0-9a-f]{8}$/;

/** Its digits. */
const SUFFIX_LENGTH = 32;

/** The end of a temporary name of the process `pid`, this one if absent. */
export function ownerSuffix(pid: number | undefined = here()?.pid): string {
  const place = here();
  const start = pid === undefined ? undefined : startOf(pid);
  // Without /proc nobody can tell who lives: a name that no run takes for its own.
  if (!place || pid === undefined || start === undefined) {
    return randomBytes(SUFFIX_LENGTH / 2).toString('hex');
  }
  const { machine, space } = place;
  const number = pid.toString(16).padStart(6, '0');
  return [machine, space, number, start, randomBytes(4).toString('hex')].join('');
}

/** Whether `name` could be one of this program's temporary names. */
export function hasOwner(name: string): boolean {
  return SUFFIX.test(name);
}

/**
 * Whether the process that made the file of that name cannot be alive any more. In doubt it is: on another machine, in
 * another container.
 * @param touched when the file was last changed in any way, in milliseconds since 1970
 */
export function isOrphan(name: string, touched: number): boolean {
  const owner = SUFFIX.exec(name)?.groups;
  const place = here();
  if (!owner || !place || owner.machine !== place.machine) return false;
  // Another boot of this machine is over; another container of this boot need not be.
  if (owner.space !== place.space) return touched < place.booted;
  return startOf(Number.parseInt(owner.pid ?? '', 16)) !== owner.start;
}

interface Place {
  readonly machine: string;
  readonly space: string;
  readonly pid: number;
  /** In milliseconds since 1970; 0 where another boot cannot be told from another machine. */
  readonly booted: number;
}

let known: Place | undefined;

function here(): Place | undefined {
  known ??= readPlace();
  return known;
}

/** Undefined where there is no /proc, or it shows the processes of another namespace. */
function readPlace(): Place | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
    // One number for each namespace that the process has a place in, as far as this /proc sees them.
    const [, pid] = /^NSpid:\t(\d+)$/m.exec(readFileSync('/proc/self/status', 'latin1')) ?? [];
    const [, booted] = /^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'latin1')) ?? [];
    if (pid === undefined || booted === undefined) return undefined;
    const machine = machineId();
    return {
      machine: digest(machine ?? ''),
      space: digest(`${boot} ${readlinkSync('/proc/self/ns/pid')}`),
      pid: Number(pid),
      booted: machine === undefined ? 0 : Number(booted) * 1000,
    };
  } catch {
    return undefined;
  }
}

/** Undefined in containers that have none. */
function machineId(): string | undefined {
  try {
    return readFileSync('/etc/machine-id', 'latin1').trim() || undefined;
  } catch {
    return undefined;
  }
}

/** When a process began: by then its number may be another's. Undefined for one that is not there. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // proc_pid_stat(5): the name, in brackets, may hold anything; `starttime` is the 20th field behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // What is dead and not yet waited for writes nothing.
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    return digest(fields[19] ?? '');
  } catch {
    return undefined;
  }
}

function digest(text: string): string {
  return createHash('sha256').update(`torcx2sysext ${text}`).digest('hex').slice(0, 6);
}
