import { expect, it } from 'vitest';
import { isPassingShell, isShell } from '../../src/analyze/passing-shell.ts';

it.each([
  ['', true],
  ['#!/bin/sh\nset -e\nmkdir -p /var/lib/x\necho ready\n', true],
  ['exec > /var/log/x 2>&1\nexec 2>&1\nexec 3< file\nexec &> file\nmodprobe x\n', true],
  ['for disk in /dev/sd*; do echo "$disk"; done\n', true],
  ['while read -r line; do echo "$line"; done < list\n', true],
  ['# exec dockerd\n  # wait\ntrue\n', true],
  ['echo awaiting; ./wait-for-it; systemctl --no-wait start x\n', true],
  ['tail -n 5 log | grep -f patterns\n', true],
  ['exec dockerd "$@"\n', false],
  ['if [ -x /usr/bin/x ]; then exec "$X"; fi\n', false],
  ['[ -n "$X" ] && exec /usr/bin/x\n', false],
  ['while true; do work; sleep 5; done\n', false],
  ['while :\ndo\n  work\ndone\n', false],
  ['while [ 1 ]; do work; done', false],
  ['until false; do work; done', false],
  ['for ((;;)); do work; done', false],
  ['work &\nwait\n', false],
  ['work & wait $!\n', false],
  ['sleep infinity', false],
  ['tail -n0 -F /var/log/x', false],
  [`echo ${'x'.repeat(3000)}`, false],
])('%j passes: %s', (text, passes) => {
  expect(isPassingShell(text)).toBe(passes);
});

it('knows shells by their names', () => {
  const programs = ['/bin/sh', 'bash', '/usr/bin/dash', '/bin/ash', '/usr/bin/fish', '/bin/push'];
  expect(programs.filter(isShell)).toEqual(['/bin/sh', 'bash', '/usr/bin/dash', '/bin/ash']);
});
