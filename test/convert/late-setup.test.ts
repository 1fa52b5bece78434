import { expect, it } from 'vitest';
import { lateSetup } from '../../src/convert/late-setup.ts';
import type { Step } from '../../src/convert/step.ts';

function files(...paths: string[]): Step[] {
  return paths.map(to => ({ do: 'create', to, made: { text: '' }, because: '' }));
}

function setup(...paths: string[]) {
  const { steps, findings } = lateSetup('zfs', files(...paths), ['zed.service', 'zed.socket']);
  const made = steps.map(step =>
    step.do === 'create' && 'text' in step.made ? [step.to, step.made.text] : [],
  );
  return { made: Object.fromEntries(made), findings };
}

it('adds nothing to an extension whose files are all in time', () => {
  const { made, findings } = setup(
    'usr/lib/systemd/system/x.service',
    'usr/lib/tmpfiles.d/x.conf',
    'usr/lib/systemd/network/x.network',
  );
  expect([made, findings]).toEqual([{}, []]);
});

it('does what came too late in the order of a boot, before the other units', () => {
  const { made, findings } = setup(
    'usr/lib/udev/rules.d/60-zvol.rules',
    'usr/lib/modules-load.d/zfs.conf',
    'usr/lib/sysusers.d/zfs.conf',
    'usr/lib/sysctl.d/zfs.conf',
    'usr/lib/binfmt.d/zfs.conf',
    'usr/lib/tmpfiles.d/zfs.conf',
    'usr/lib/systemd/system/zed.service',
    'usr/lib/systemd/system/zed.socket',
    'usr/lib/systemd/system/zfs.target',
  );
  const dropIn = '[Unit]\nWants=zfs-setup.service\nAfter=zfs-setup.service\n';
  const directory = 'usr/lib/systemd/system';
  expect(made).toEqual({
    [`${directory}/zfs-setup.service`]: expect.stringContaining(
      [
        'ExecStart=systemd-sysusers /usr/lib/sysusers.d/zfs.conf',
        'ExecStart=-systemd-tmpfiles --create /usr/lib/tmpfiles.d/zfs.conf',
        'ExecStart=-/usr/lib/systemd/systemd-modules-load /usr/lib/modules-load.d/zfs.conf',
        'ExecStart=-/usr/lib/systemd/systemd-sysctl /usr/lib/sysctl.d/zfs.conf',
        'ExecStart=-/usr/lib/systemd/systemd-binfmt /usr/lib/binfmt.d/zfs.conf',
        'ExecStart=-udevadm control --reload',
        'ExecStart=-udevadm trigger',
        '',
      ].join('\n'),
    ),
    [`${directory}/multi-user.target.d/05-zfs-setup-service.conf`]:
      '[Unit]\nUpholds=zfs-setup.service\n',
    [`${directory}/zed.service.d/05-zfs-setup-service.conf`]: dropIn,
    [`${directory}/zed.socket.d/05-zfs-setup-service.conf`]: dropIn,
  });
  expect(findings.map(({ ruleId, path }) => `${ruleId} ${path}`)).toEqual([
    'TX615 usr/lib/sysusers.d/zfs.conf',
    'TX615 usr/lib/modules-load.d/zfs.conf',
    'TX615 usr/lib/sysctl.d/zfs.conf',
    'TX615 usr/lib/binfmt.d/zfs.conf',
    'TX615 usr/lib/udev/rules.d/60-zvol.rules',
  ]);
});

it('leaves a unit of its own name to the image', () => {
  const own = 'usr/lib/systemd/system/zfs-setup.service';
  const { made } = setup(own, 'usr/lib/sysusers.d/zfs.conf');
  expect(Object.keys(made)).toContain('usr/lib/systemd/system/zfs-setup-2.service');
  expect(Object.keys(made)).not.toContain(own);
});

it('names no file in a command whose path would have to be quoted', () => {
  const { made } = setup(
    'usr/lib/sysctl.d/a b.conf',
    'usr/lib/sysctl.d/a.conf',
    'usr/lib/sysctl.d/a%b.conf',
    'usr/lib/sysctl.d/a$b.conf',
  );
  expect(made['usr/lib/systemd/system/zfs-setup.service']).toMatch(
    /^ExecStart=-\/usr\/lib\/systemd\/systemd-sysctl \/usr\/lib\/sysctl\.d\/a\.conf$/m,
  );
});
