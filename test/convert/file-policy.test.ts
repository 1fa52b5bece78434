import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/analyze/entry.ts';
import { filePolicy } from '../../src/convert/file-policy.ts';
import { directory, file, special, symlink } from '../support/image-trees.ts';

const DEFAULTS = { isUnit: false, keepSelinux: false };

/** Mode and attributes of an entry in an extension, and the findings about it. */
function policy(entry: Entry, options: Partial<typeof DEFAULTS> = {}) {
  const { mode, xattrs, findings } = filePolicy(entry, { ...DEFAULTS, ...options });
  return {
    mode: mode.toString(8),
    xattrs: [...xattrs.keys()],
    findings: findings.map(({ ruleId, severity, message }) => `${ruleId} ${severity} ${message}`),
  };
}

const xattrs = (...names: string[]) => ({
  xattrs: new Map(names.map(name => [name, Uint8Array.of(1)])),
});

describe('modes', () => {
  const kept = (what: string) => `TX605 info runs with more rights than its caller (${what}); kept`;
  const lost = (what: string) =>
    `TX605 warning was ${what}; everything in an extension belongs to root, so the bit is removed`;

  test.each<[what: string, entry: Entry, mode: string, findings: readonly string[]]>([
    ['a program', file('a', '', { mode: 0o755 }), '755', []],
    ['a program of another owner', file('a', '', { mode: 0o700, uid: 5, gid: 6 }), '700', []],
    ['setuid root', file('a', '', { mode: 0o4755 }), '4755', [kept('setuid')]],
    ['setgid root', file('a', '', { mode: 0o2755 }), '2755', [kept('setgid')]],
    [
      'setuid of another',
      file('a', '', { mode: 0o4755, uid: 5 }),
      '755',
      [lost('setuid as uid 5')],
    ],
    [
      'setgid of another',
      file('a', '', { mode: 0o2755, gid: 6 }),
      '755',
      [lost('setgid as gid 6')],
    ],
    [
      'setuid root, setgid of another',
      file('a', '', { mode: 0o6755, gid: 6 }),
      '4755',
      [lost('setgid as gid 6')],
    ],
    ['a link', symlink('a', 'b', { mode: 0o700 }), '777', []],
    ['a closed directory', directory('a', { mode: 0o700 }), '755', []],
    [
      'a FIFO with a setuid bit, which nobody runs',
      special('a', 'fifo', { mode: 0o4600 }),
      '4600',
      [],
    ],
  ])('%s', (_, entry, mode, findings) => {
    expect(policy(entry)).toEqual({ mode, xattrs: [], findings });
  });

  test('what systemd reads is 0644, whatever bits it has', () => {
    const unit = policy(file('a.service', '', { mode: 0o4777, uid: 5 }), { isUnit: true });
    expect(unit).toEqual({ mode: '644', xattrs: [], findings: [] });
  });
});

describe('attributes', () => {
  test.each<[names: readonly string[], kept: readonly string[], dropped: string | undefined]>([
    [['security.selinux'], [], undefined],
    [['trusted.overlay.opaque', 'user.a'], [], 'trusted.overlay.opaque, user.a'],
    [['security.ima', 'system.posix_acl_access'], [], 'security.ima, system.posix_acl_access'],
  ])('of %s the extension has %s', (names, kept, dropped) => {
    const { findings, ...rest } = policy(file('a', '', xattrs(...names)));
    expect(rest.xattrs).toEqual(kept);
    expect(findings).toEqual(
      dropped === undefined
        ? []
        : [
            `TX605 info extended attributes that an extension must not carry are left out: ${dropped}`,
          ],
    );
  });

  test('capabilities stay, and are told', () => {
    expect(policy(file('a', '', { mode: 0o755, ...xattrs('security.capability') }))).toEqual({
      mode: '755',
      xattrs: ['security.capability'],
      findings: ['TX605 info runs with more rights than its caller (file capabilities); kept'],
    });
  });

  test('SELinux labels stay when they are asked for', () => {
    const labelled = file('a', '', xattrs('security.selinux'));
    expect(policy(labelled, { keepSelinux: true }).xattrs).toEqual(['security.selinux']);
  });
});
