import { ByteReader } from '../bytes.ts';

/** What the attribute `security.capability` grants to whoever runs the file (capabilities(7), "File capabilities"). */
export interface FileCapabilities {
  /** Names (`cap_net_raw`), in the order of their numbers; `cap_63` for one that Linux 6.12 does not know. */
  readonly permitted: readonly string[];
  readonly inheritable: readonly string[];
  /** All of them take effect at once, without a call of the program's. */
  readonly effective: boolean;
  /** Version 3: the user ID of the namespace's root for whom alone they count. */
  readonly rootId?: number;
}

/**
 * Decodes a `vfs_cap_data` record, version 1, 2 or 3 (linux/capability.h).
 * @returns undefined for what the kernel refuses: another version, or a length that is not the version's
 */
export function parseCapabilities(value: Uint8Array): FileCapabilities | undefined {
  if (value.length < 4) return undefined;
  const reader = new ByteReader(value);
  const magic = reader.u32();
  const version = magic >>> 24;
  if (LENGTHS[version] !== value.length) return undefined;
  let permitted = 0n;
  let inheritable = 0n;
  for (let word = 0n; word < (version === 1 ? 1n : 2n); word += 1n) {
    permitted |= BigInt(reader.u32()) << (32n * word);
    inheritable |= BigInt(reader.u32()) << (32n * word);
  }
  return {
    permitted: namesOf(permitted),
    inheritable: namesOf(inheritable),
    effective: (magic & EFFECTIVE) !== 0,
    ...(version === 3 && { rootId: reader.u32() }),
  };
}

/** As getcap(8) of libcap 2.3 to 2.42 writes them: `cap_net_admin,cap_net_raw+ep`. */
export function capabilityText(capabilities: FileCapabilities): string {
  const { permitted, inheritable, effective, rootId } = capabilities;
  const groups = new Map<string, string[]>();
  for (const name of [...new Set([...permitted, ...inheritable])]) {
    const flags = [
      effective ? 'e' : '',
      inheritable.includes(name) ? 'i' : '',
      permitted.includes(name) ? 'p' : '',
    ].join('');
    groups.set(flags, [...(groups.get(flags) ?? []), name]);
  }
  const words = [...groups].map(([flags, names]) => `${names.join(',')}+${flags}`);
  const root = rootId === undefined ? [] : [`[rootid=${rootId}]`];
  return [...(words.length > 0 ? words : ['=']), ...root].join(' ');
}

/** Bytes of each version's record. */
const LENGTHS: Readonly<Record<number, number>> = { 1: 12, 2: 20, 3: 24 };

const EFFECTIVE = 1;

/** By number, without `cap_`. */
const NAMES =
  'chown dac_override dac_read_search fowner fsetid kill setgid setuid setpcap linux_immutable net_bind_service net_broadcast net_admin net_raw ipc_lock ipc_owner sys_module sys_rawio sys_chroot sys_ptrace sys_pacct sys_admin sys_boot sys_nice sys_resource sys_time sys_tty_config mknod lease audit_write audit_control setfcap mac_override mac_admin syslog wake_alarm block_suspend audit_read perfmon bpf checkpoint_restore'.split(
    ' ',
  );

function namesOf(set: bigint): string[] {
  const numbers = [...Array(64).keys()].filter(number => (set >> BigInt(number)) & 1n);
  return numbers.map(number => `cap_${NAMES[number] ?? number}`);
}
