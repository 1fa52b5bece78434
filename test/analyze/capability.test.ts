import { expect, it } from 'vitest';
import { capabilityText, parseCapabilities } from '../../src/analyze/capability.ts';

/** The hexadecimal words of a vfs_cap_data record, as numbers; the expected text is what getcap(8) says. */
function check(words: readonly number[], expected: string | undefined): void {
  const value = new Uint8Array(
    words.flatMap(word => [...new Uint8Array(Uint32Array.of(word).buffer)]),
  );
  const capabilities = parseCapabilities(value);
  expect(capabilities && capabilityText(capabilities)).toBe(expected);
}

it.each<[string, readonly number[], string | undefined]>([
  ['version 2, effective', [0x02000001, 0x2000, 0, 0, 0], 'cap_net_raw+ep'],
  ['version 2, not effective', [0x02000000, 0x400, 0, 0, 0], 'cap_net_bind_service+p'],
  ['several', [0x02000001, 0x3000, 0, 0, 0], 'cap_net_admin,cap_net_raw+ep'],
  ['the second word', [0x02000001, 0, 0, 0x180, 0], 'cap_bpf,cap_checkpoint_restore+ep'],
  ['inheritable ones', [0x02000000, 0x1, 0x3, 0, 0], 'cap_chown+ip cap_dac_override+i'],
  ['one that is not known', [0x02000000, 0, 0, 0x80000000, 0], 'cap_63+p'],
  ['none', [0x02000000, 0, 0, 0, 0], '='],
  ['version 1', [0x01000001, 0x2000, 0], 'cap_net_raw+ep'],
  ['version 3', [0x03000001, 0x2000, 0, 0, 0, 1000], 'cap_net_raw+ep [rootid=1000]'],
  ['another version', [0x04000001, 0x2000, 0, 0, 0], undefined],
  ['version 2 that is too short', [0x02000001, 0x2000, 0], undefined],
  ['version 2 that is too long', [0x02000001, 0x2000, 0, 0, 0, 0], undefined],
])('%s', (_name, words, expected) => check(words, expected));

it('takes no record that is shorter than its magic number', () => {
  expect(parseCapabilities(Uint8Array.of(1, 0, 0))).toBeUndefined();
  expect(parseCapabilities(new Uint8Array())).toBeUndefined();
});
