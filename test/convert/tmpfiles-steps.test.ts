import { expect, it } from 'vitest';
import { plannedText, planOf } from '../support/plan-of.ts';

type Tree = Parameters<typeof planOf>[0]['tree'];

const closed = { kind: 'directory', mode: 0o700 } as const;

it.each<[what: string, tree: Tree, lines: readonly string[]]>([
  ['nothing outside', { 'usr/share/a': '' }, []],
  [
    'a closed directory with a file',
    { 'etc/vendor': closed, 'etc/vendor/key': '' },
    ['d /etc/vendor :0700 - - -', 'C /etc/vendor/key - - - - /usr/share/x/etc/vendor/key'],
  ],
  [
    'a closed directory with two files, once',
    { 'etc/vendor': closed, 'etc/vendor/key': '', 'etc/vendor/pub': '' },
    [
      'd /etc/vendor :0700 - - -',
      'C /etc/vendor/key - - - - /usr/share/x/etc/vendor/key',
      'C /etc/vendor/pub - - - - /usr/share/x/etc/vendor/pub',
    ],
  ],
  ['a closed directory that is empty', { 'var/lib/v': closed }, ['d /var/lib/v :0700 - - -']],
  ['an open directory that is empty', { 'var/lib/v': null }, ['d /var/lib/v - - - -']],
  [
    'a closed directory around an empty one',
    { 'var/lib/v': closed, 'var/lib/v/w': null },
    ['d /var/lib/v :0700 - - -', 'd /var/lib/v/w - - - -'],
  ],
  ['a closed directory whose files are elsewhere', { etc: closed, 'etc/sysctl.d/a.conf': '' }, []],
  [
    "what every host has at the top, and a directory that the image's own settings make",
    {
      root: closed,
      'root/.a': '',
      'var/lib/v': null,
      'var/lib/a b%c': null,
      'etc/own': '',
      'usr/lib/tmpfiles.d/v.conf':
        '# settings\nd /var/lib/v/ 0750 v v\nd "/var/lib/a b%%c" 0700\nz /root/.a 0600\nL+ /etc/own\n',
    },
    ['C /root/.a - - - - /usr/share/x/root/.a'],
  ],
])('%s', async (_, tree, lines) => {
  const plan = await planOf({ tree });
  const text = plannedText(plan, 'usr/lib/tmpfiles.d/x-sysext.conf');
  expect(text?.split('\n').slice(0, -1) ?? []).toEqual(lines);
});

it("leaves the image's own file of that name alone", async () => {
  const own = 'usr/lib/tmpfiles.d/x-sysext.conf';
  const plan = await planOf({ tree: { 'etc/a': '', [own]: 'd /run/own\n' } });
  expect(plannedText(plan, own)).toBeUndefined();
  expect(plannedText(plan, 'usr/lib/tmpfiles.d/x-sysext-2.conf')).toContain('C /etc/a ');
});
