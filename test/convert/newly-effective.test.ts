import { expect, it } from 'vitest';
import { planOf } from '../support/plan-of.ts';

const FILES = [
  'etc/sysctl.d/b.conf',
  'etc/vendor.conf',
  'lib/sysctl.d/a.conf',
  'lib/systemd/journald.conf.d/a.conf',
  'lib/systemd/system-generators/a',
  'lib/systemd/system/a.service',
  'lib/systemd/system/ssh.service.d/a.conf',
  'lib/udev/rules.d/a.rules',
  'lib/udev/rules.d/listed.rules',
  'usr/share/dbus-1/system-services/a.service',
];

it('names the files that the host acts upon, and nobody did before, in one finding', async () => {
  const { findings } = await planOf({
    tree: Object.fromEntries(FILES.map(path => [path, ''])),
    manifest: { udev_rules: ['/lib/udev/rules.d/listed.rules'] },
  });
  const found = findings.filter(({ ruleId }) => ruleId === 'TX622');
  expect(found.map(({ path, message }) => [path, message.replace(/^.*: /, '')])).toEqual([
    [
      'etc/sysctl.d/b.conf',
      'etc/sysctl.d/b.conf, lib/sysctl.d/a.conf, lib/systemd/journald.conf.d/a.conf, lib/systemd/system-generators/a, lib/systemd/system/ssh.service.d/a.conf, lib/udev/rules.d/a.rules, usr/share/dbus-1/system-services/a.service',
    ],
  ]);
});

it('names no more than fit, and says nothing where all is listed', async () => {
  const many = Array.from({ length: 20 }, (_, index) => [`lib/sysctl.d/${index}.conf`, '']);
  const { findings } = await planOf({ tree: Object.fromEntries(many) });
  expect(findings.find(({ ruleId }) => ruleId === 'TX622')?.message).toMatch(/ and 8 more$/);
  const fits = Object.fromEntries(many.slice(0, 12));
  const all = (await planOf({ tree: fits })).findings.find(({ ruleId }) => ruleId === 'TX622');
  expect(all?.message).not.toMatch(/ more$/);
  const oneMore = await planOf({ tree: Object.fromEntries(many.slice(0, 13)) });
  expect(oneMore.findings.find(({ ruleId }) => ruleId === 'TX622')?.message).toMatch(
    / and 1 more$/,
  );
  const none = await planOf({ tree: { 'bin/a': '', 'lib/b.so': '' } });
  expect(none.findings).toEqual([]);
});
