import { expect, it } from 'vitest';
import { parseUnitFile } from '../../src/analyze/unit-file.ts';
import { passesBy } from '../../src/convert/passing-service.ts';

const SCRIPT = 'runs a shell script that nothing in it keeps from ending';

it.each<[service: string, dropIn: string, because: string | undefined]>([
  ['ExecStart=/usr/bin/script', '', SCRIPT],
  ['Type=simple\nExecStart=-+/usr/bin/script --all', '', SCRIPT],
  ['Type=exec\nExecStart=/bin/bash /usr/bin/script', '', SCRIPT],
  ['Type=idle\nExecStart=/usr/bin/script\nRestart=on-failure', '', SCRIPT],
  ["ExecStart=/bin/sh -c 'echo 1 > /proc/sys/net/ipv4/ip_forward'", '', SCRIPT],
  ["ExecStart=/bin/bash -ec 'modprobe a; modprobe b'", '', SCRIPT],
  ['ExecStart=/sbin/modprobe zfs', '', 'ends by itself, as modprobe does'],
  ["ExecStart=/bin/sh -c 'exec /usr/bin/daemon'", '', undefined],
  ['ExecStart=/usr/bin/program', '', undefined],
  ['ExecStart=/bin/bash /usr/bin/program', '', undefined],
  ['ExecStart=/usr/bin/script\nRestart=always', '', undefined],
  ['ExecStart=/usr/bin/script', '[Service]\nRestart=on-success', undefined],
  ['ExecStart=/usr/bin/script\nRestart=always', '[Service]\nRestart=no', SCRIPT],
  ['ExecStart=/usr/bin/script\nRemainAfterExit=yes', '', undefined],
  ['Type=forking\nExecStart=/usr/bin/script', '', undefined],
  ['Type=notify\nExecStart=/usr/bin/script', '', undefined],
  ['ExecStart=/usr/bin/program', '[Service]\nExecStart=\nExecStart=/usr/bin/script', SCRIPT],
  ['ExecStop=/usr/bin/script', '', undefined],
])('%j with %j', (service, dropIn, because) => {
  const files = [`[Service]\n${service}\n`, dropIn].map(parseUnitFile);
  expect(passesBy(files, path => path === '/usr/bin/script')).toBe(because);
});
