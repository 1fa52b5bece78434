import { isPassingShell, isShell } from '../analyze/passing-shell.ts';
import { effectiveSettings, type UnitFile } from '../analyze/unit-file.ts';
import { splitWords } from '../analyze/unit-words.ts';
import { baseName } from '../path-names.ts';
import { remainsAfterExit, serviceSetting, serviceType } from './unit-facts.ts';

/**
 * Why a service that systemd takes for a running program ends by itself, as far as its command tells; undefined where
 * nothing says so, where it stays active all the same, and where it was always started again.
 * @param passes whether a program, by its absolute path, does its work and ends
 */
export function passesBy(
  files: readonly UnitFile[],
  passes: (path: string) => boolean,
): string | undefined {
  const type = serviceType(files) ?? 'simple';
  if (!RUNNING_TYPES.has(type) || remainsAfterExit(files)) return undefined;
  const restart = serviceSetting(files, 'Restart', value => value !== '');
  if (restart === 'always' || restart === 'on-success') return undefined;
  const [command, ...others] = effectiveSettings(files, 'Service', 'ExecStart');
  if (!command || others.length > 0) return undefined;
  const words = splitWords(command.value.replace(/^[-@:+!|]+/, '')).map(({ text }) => text);
  return passingCommand(words, passes);
}

/** Those of a service that is active as soon as its program runs. */
const RUNNING_TYPES: ReadonlySet<string> = new Set(['simple', 'exec', 'idle']);

function passingCommand(
  [program = '', ...args]: readonly string[],
  passes: (path: string) => boolean,
): string | undefined {
  const tool = baseName(program);
  if (TOOLS.has(tool)) return `ends by itself, as ${tool} does`;
  const [first = '', second = ''] = args;
  const isInline = isShell(program) && /^-[a-z]*c$/.test(first);
  const ends = isInline ? isPassingShell(second) : passes(isShell(program) ? first : program);
  return ends ? 'runs a shell script that nothing in it keeps from ending' : undefined;
}

/** What every host has and what is done when it is done. */
const TOOLS: ReadonlySet<string> = new Set([
  'chmod',
  'chown',
  'cp',
  'depmod',
  'echo',
  'insmod',
  'install',
  'ip',
  'ip6tables',
  'iptables',
  'ldconfig',
  'ln',
  'mkdir',
  'modprobe',
  'mount',
  'mv',
  'rm',
  'sysctl',
  'systemctl',
  'touch',
  'true',
  'udevadm',
  'umount',
]);
