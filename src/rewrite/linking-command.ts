import { splitWords } from '../analyze/unit-words.ts';

/** Directories below /run that units of Torcx images linked files into, and where an extension has such files. */
const LINKED_DIRECTORIES: readonly (readonly [run: string, usr: string])[] = [
  ['/run/udev/rules.d', '/usr/lib/udev/rules.d/'],
  ['/run/systemd/system', '/usr/lib/systemd/system/'],
  ['/run/systemd/network', '/usr/lib/systemd/network/'],
  ['/run/tmpfiles.d', '/usr/lib/tmpfiles.d/'],
  ['/run/sysusers.d', '/usr/lib/sysusers.d/'],
  ['/run/modprobe.d', '/usr/lib/modprobe.d/'],
];

/**
 * Whether a command of a unit only links a file of the extension to where systemd or udev reads it. Units of Torcx
 * images had to: the unpack directory was read by nobody.
 * @param value of the setting, with final paths
 */
export function isLinkingCommand(key: string, value: string): boolean {
  if (!/^ExecStart(Pre|Post)?$/.test(key)) return false;
  const [program = '', ...rest] = splitWords(value).map(({ text }) => text);
  const [source, target, ...more] = rest.filter(word => !word.startsWith('-'));
  if (!/^[-+!:]*((\/usr)?\/bin\/)?ln$/.test(program)) return false;
  if (source === undefined || target === undefined || more.length > 0) return false;
  return LINKED_DIRECTORIES.some(
    ([run, usr]) => source.startsWith(usr) && (target === run || target.startsWith(`${run}/`)),
  );
}
