import { expect, it } from 'vitest';
import { fitsTmpfiles, type TmpfilesItem, tmpfilesText } from '../../src/convert/tmpfiles.ts';

it.each<[TmpfilesItem, string]>([
  [
    { kind: 'copy', path: '/etc/a.conf', source: '/usr/share/x/etc/a.conf' },
    'C /etc/a.conf - - - - /usr/share/x/etc/a.conf\n',
  ],
  [{ kind: 'link', path: '/etc/l', target: '/usr/bin/x' }, 'L /etc/l - - - - /usr/bin/x\n'],
  [{ kind: 'directory', path: '/var/lib/x', mode: 0o755 }, 'd /var/lib/x - - - -\n'],
  [{ kind: 'directory', path: '/var/lib/x', mode: 0o700 }, 'd /var/lib/x :0700 - - -\n'],
  [{ kind: 'directory', path: '/var/x', mode: 0o1777 }, 'd /var/x :1777 - - -\n'],
  [
    { kind: 'copy', path: '/etc/a b%c', source: '/usr/share/x/etc/a b%c' },
    'C "/etc/a b%%c" - - - - /usr/share/x/etc/a b%%c\n',
  ],
  [
    { kind: 'copy', path: '/etc/a ', source: '/usr/share/x/etc/a ' },
    'C "/etc/a " - - - - /usr/share/x/etc/a\\x20\n',
  ],
  [{ kind: 'directory', path: '/etc/q"x\\y', mode: 0o755 }, 'd "/etc/q\\"x\\\\y" - - - -\n'],
  [{ kind: 'directory', path: "/etc/it's", mode: 0o755 }, 'd "/etc/it\'s" - - - -\n'],
])('writes %o', (item, line) => {
  expect(tmpfilesText([item])).toBe(line);
});

it('sorts by path, so that the order of the archive leaves no trace', () => {
  const items: TmpfilesItem[] = ['/b', '/a/c', '/a'].map(path => ({
    kind: 'directory',
    path,
    mode: 0o755,
  }));
  expect(tmpfilesText(items)).toBe('d /a - - - -\nd /a/c - - - -\nd /b - - - -\n');
});

it('refuses a path with a line break', () => {
  expect([fitsTmpfiles('/etc/a\nb'), fitsTmpfiles('/etc/a b')]).toEqual([false, true]);
});
