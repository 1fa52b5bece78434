import { expect, test } from 'vitest';
import type { FileNode } from '../../src/file-node.ts';
import { device, directory, file, hardlink, special, symlink } from '../support/image-trees.ts';
import { briefFindings, planOf } from './support/tree.ts';

const PROGRAM = file('usr/bin/tool', '#!/bin/sh\n', { mode: 0o755 });

interface Case {
  readonly what: string;
  readonly nodes: readonly FileNode[];
  /** Of the extension, without the parents that others imply. */
  readonly kept?: readonly string[];
  readonly findings: readonly string[];
}

test.each<Case>([
  {
    what: 'a program stays where it is',
    nodes: [directory('usr'), directory('usr/bin'), PROGRAM],
    kept: ['usr/bin/tool'],
    findings: [],
  },
  {
    what: 'an empty directory is kept',
    nodes: [PROGRAM, directory('opt/tool/plugins')],
    kept: ['opt/tool/plugins', 'usr/bin/tool'],
    findings: [],
  },
  {
    what: 'what lies outside usr and opt is left out, and named once for each top',
    nodes: [
      file('README.md', ''),
      directory('etc'),
      file('etc/a', ''),
      file('etc/b/c', ''),
      symlink('bin', 'usr/bin'),
      PROGRAM,
    ],
    kept: ['usr/bin/tool'],
    findings: ['warning TX604 README.md', 'warning TX604 bin', 'warning TX604 etc'],
  },
  {
    what: 'special files are left out',
    nodes: [
      PROGRAM,
      special('usr/share/fifo', 'fifo'),
      special('usr/share/socket', 'socket'),
      device('usr/lib/gone', 'char-device', [0, 0]),
    ],
    kept: ['usr/bin/tool'],
    findings: [
      'warning TX611 usr/lib/gone',
      'warning TX611 usr/share/fifo',
      'warning TX611 usr/share/socket',
    ],
  },
  {
    what: 'the os-release of a host is left out, that of another directory is not',
    nodes: [PROGRAM, file('usr/lib/os-release', 'ID=x\n'), file('usr/share/os-release', '')],
    kept: ['usr/bin/tool', 'usr/share/os-release'],
    findings: ['warning TX611 usr/lib/os-release'],
  },
  {
    what: 'a link in the place of a directory that every host has is left out',
    nodes: [
      PROGRAM,
      symlink('usr/lib64', 'lib'),
      symlink('usr/sbin', 'bin'),
      file('usr/share', ''),
    ],
    kept: ['usr/bin/tool'],
    findings: ['warning TX611 usr/lib64', 'warning TX611 usr/sbin', 'warning TX611 usr/share'],
  },
  {
    what: 'a directory usr/sbin is an error',
    nodes: [directory('usr/sbin'), file('usr/sbin/toold', '', { mode: 0o755 })],
    kept: ['usr/sbin/toold'],
    findings: ['error TX620 usr/sbin'],
  },
  {
    what: 'a tree without anything to merge is an error',
    nodes: [file('bin/tool', '')],
    findings: ['warning TX604 bin', 'error TX604'],
  },
  {
    what: 'a directory that was closed, or has a special bit, is reported',
    nodes: [
      directory('usr/share/closed', { mode: 0o700 }),
      directory('usr/share/group', { mode: 0o2755 }),
      directory('usr/share/usual', { mode: 0o775 }),
    ],
    kept: ['usr/share/closed', 'usr/share/group', 'usr/share/usual'],
    findings: ['warning TX621 usr/share/closed', 'warning TX621 usr/share/group'],
  },
  {
    what: 'setuid of another user is taken away, and attributes that hide host files',
    nodes: [
      file('usr/bin/a', '', { mode: 0o4755, uid: 1000 }),
      file('usr/bin/b', '', { mode: 0o4755 }),
      file('usr/bin/c', '', { xattrs: new Map([['trusted.overlay.opaque', Buffer.from('y')]]) }),
    ],
    kept: ['usr/bin/a', 'usr/bin/b', 'usr/bin/c'],
    findings: ['warning TX605 usr/bin/a', 'info TX605 usr/bin/b', 'info TX605 usr/bin/c'],
  },
  {
    what: 'a link to what no host has is reported',
    nodes: [symlink('usr/bin/a', 'tool'), symlink('usr/bin/b', '/nowhere/b'), PROGRAM],
    kept: ['usr/bin/a', 'usr/bin/b', 'usr/bin/tool'],
    findings: ['warning TX608 usr/bin/b'],
  },
  {
    what: 'a text that speaks of Torcx is reported',
    nodes: [file('usr/bin/a', '#!/bin/sh\nexec /run/torcx/bin/docker "$@"\n', { mode: 0o755 })],
    kept: ['usr/bin/a'],
    findings: ['warning TX607 usr/bin/a'],
  },
])('$what', async ({ nodes, kept = [], findings }) => {
  const plan = await planOf(nodes);
  const places = plan.steps.flatMap(step => (step.do === 'drop' ? [] : [step.to]));
  expect(places).toEqual(kept);
  expect(briefFindings(plan)).toEqual(findings);
});

test('a hard link to an extension-release file is a file of its own', async () => {
  const nodes = [
    file('usr/lib/extension-release.d/extension-release.tool', 'ID=_any\n'),
    hardlink('usr/share/tool/release', 'usr/lib/extension-release.d/extension-release.tool'),
  ];
  const { steps } = await planOf(nodes);
  const kept = steps.flatMap(step =>
    step.do === 'copy' ? [[step.to, step.entry.kind, step.target]] : [],
  );
  expect(kept).toEqual([['usr/share/tool/release', 'file', undefined]]);
});

test('a hard link whose first name is left out becomes the file itself, for all its names', async () => {
  const nodes = [
    file('etc/tool', 'text', { mode: 0o755 }),
    hardlink('usr/bin/tool', 'etc/tool'),
    hardlink('usr/bin/tool2', 'etc/tool'),
    special('etc/fifo', 'fifo'),
    hardlink('usr/share/fifo', 'etc/fifo'),
  ];
  const { steps } = await planOf(nodes);
  const kept = steps.flatMap(step =>
    step.do === 'copy' ? [[step.to, step.entry.kind, step.target, step.mode]] : [],
  );
  expect(kept).toEqual([
    ['usr/bin/tool', 'file', undefined, 0o755],
    ['usr/bin/tool2', 'hardlink', 'usr/bin/tool', 0o755],
  ]);
});
