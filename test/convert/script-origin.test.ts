import { expect, it } from 'vitest';
import { mapPaths } from '../../src/convert/path-map.ts';
import { scriptOrigin } from '../../src/convert/script-origin.ts';
import { entriesOf } from '../support/entries.ts';

const entries = entriesOf({ 'bin/tool': '', 'opt/own/awk': '' });
const map = mapPaths({ entries, manifest: undefined, name: 'x' });
const trees = { hasBefore: () => false, hasAfter: (path: string) => OWN.has(path) };
const OWN: ReadonlySet<string> = new Set(['usr/bin/tool', 'opt/own/awk']);

it.each<[program: string, by: string, path: string | null]>([
  ['/bin/sh', 'host', null],
  ['/usr/sbin/awk', 'host', null],
  ['bash', 'host', null],
  ['/opt/other/bin/sh', 'unknown', null],
  ['/usr/bin/python3', 'unknown', null],
  ['perl', 'unknown', null],
  ['tool', 'image', 'usr/bin/tool'],
  ['/bin/tool', 'image', 'usr/bin/tool'],
  ['/opt/own/awk', 'image', 'opt/own/awk'],
  ['/run/torcx/unpack/x/bin/tool', 'image', 'usr/bin/tool'],
  ['/run/torcx/bin/tool', 'unknown', null],
])('%s comes from: %s', (program, by, path) => {
  expect(scriptOrigin(program, map, trees)).toEqual({ by, path });
});
