import { describe, expect, it } from 'vitest';
import type { ElfFacts } from '../../src/analyze/elf.ts';
import {
  interpreterOrigin,
  libraryOrigin,
  type Origin,
  type SearchPlace,
  searchPaths,
} from '../../src/convert/library-origin.ts';
import type { Trees } from '../../src/convert/trees.ts';

const PROGRAM: ElfFacts = {
  architecture: 'x86-64',
  bits: 64,
  endianness: 'little',
  type: 'executable',
  interpreter: '/lib64/ld-linux-x86-64.so.2',
  needed: [],
  soname: null,
  rpath: [],
  runpath: [],
  buildId: null,
  dynamic: true,
};

function trees(before: readonly string[], after: readonly string[]): Trees {
  return { hasBefore: path => before.includes(path), hasAfter: path => after.includes(path) };
}

describe('a library comes from', () => {
  it.each<[library: string, runpath: string, after: string, expected: Origin]>([
    ['libx.so.1', '', 'usr/lib64/libx.so.1', { by: 'image', path: 'usr/lib64/libx.so.1' }],
    ['libx.so.1', '$ORIGIN', 'usr/bin/libx.so.1', { by: 'image', path: 'usr/bin/libx.so.1' }],
    ['libx.so.1', '/lib/x', 'usr/lib/x/libx.so.1', { by: 'image', path: 'usr/lib/x/libx.so.1' }],
    ['libx.so.1', 'x', 'x/libx.so.1', { by: 'unknown', path: null }],
    ['/lib/libx.so.1', '', 'usr/lib/libx.so.1', { by: 'image', path: 'usr/lib/libx.so.1' }],
    ['libc.so.6', '', 'usr/lib64/libc.so.6', { by: 'image', path: 'usr/lib64/libc.so.6' }],
    ['libc.so.6', '', '', { by: 'host', path: null }],
    ['/lib64/libc.so.6', '', '', { by: 'host', path: null }],
    ['libzfs.so.4', '', 'usr/share/libzfs.so.4', { by: 'unknown', path: null }],
  ])('%s with %j and %j', (library, runpath, after, expected) => {
    const elf = { ...PROGRAM, runpath: runpath === '' ? [] : [runpath] };
    const placed = { from: 'bin/x', to: 'usr/bin/x', elf };
    expect(libraryOrigin(library, placed, trees([], [after]))).toEqual(expected);
  });

  it.each<[interpreter: string, after: string, by: Origin['by']]>([
    ['/lib64/ld-linux-x86-64.so.2', '', 'host'],
    ['/lib/ld-musl-x86_64.so.1', '', 'unknown'],
    ['/lib/ld-musl-x86_64.so.1', 'usr/lib/ld-musl-x86_64.so.1', 'image'],
  ])('loader %s with %j', (interpreter, after, by) => {
    expect(interpreterOrigin(interpreter, trees([], [after])).by).toBe(by);
  });
});

describe('a search path leads', () => {
  const nowhere: SearchPlace = { path: null, found: 'nowhere' };
  const host: SearchPlace = { path: null, found: 'host' };
  const image = (path: string): SearchPlace => ({ path, found: 'image' });

  it.each<[entry: string, before: SearchPlace, after: SearchPlace]>([
    ['$ORIGIN/../lib', image('lib'), image('usr/lib')],
    ['${ORIGIN}/../lib', image('lib'), image('usr/lib')],
    ['$ORIGIN/../private', image('private'), nowhere],
    ['$ORIGIN/../lib64', nowhere, host],
    ['/run/torcx/unpack/x/lib', image('lib'), nowhere],
    ['/run/torcx/unpack/other/lib', nowhere, nowhere],
    ['/lib/tools', host, image('usr/lib/tools')],
    ['/opt/tools', host, host],
    ['relative', nowhere, nowhere],
  ])('%s', (entry, before, after) => {
    const placed = { from: 'bin/x', to: 'usr/bin/x', elf: { ...PROGRAM, rpath: [entry] } };
    const known = trees(['lib', 'private'], ['usr/lib', 'usr/lib/tools']);
    expect(searchPaths(placed, known, 'x')).toEqual([{ kind: 'rpath', entry, before, after }]);
  });
});
