import type { ImageNode } from '../../src/builder/image-node.ts';
import { pathText } from '../../src/path-text.ts';
import {
  device,
  directory,
  file,
  hardlink,
  noise,
  prose,
  sparse,
  special,
  symlink,
} from './image-trees.ts';

/**
 * One tree for each way in which a SquashFS writer is known to fail: sizes around the format's boundaries. Made when
 * they are asked for, because some are large.
 */
export function conformanceTrees(
  blockSize: number,
): [name: string, makeNodes: () => ImageNode[]][] {
  return [
    ['an empty root', () => [directory('')]],
    ['one file', () => [file('a', 'hi\n')]],
    ['an empty file', () => [file('a', '')]],
    ['tails only', () => count(300).map(index => file(`t${index}`, prose(index * 31, index)))],
    [
      'files of whole blocks',
      () => [file('one', prose(blockSize)), file('three', noise(3 * blockSize))],
    ],
    [
      'files one byte around a block',
      () => [file('less', prose(blockSize - 1)), file('more', prose(blockSize + 1))],
    ],
    ['holes', () => holes(blockSize)],
    ['300 names in a directory', () => manyFiles(300, 8)],
    ['a listing of more than 8 KiB', () => manyFiles(700, 20)],
    ['a listing of more than 64 KiB', () => manyFiles(3000, 30)],
    ['an inode table of exactly 8 KiB', () => manyFifos(8192)],
    ['an inode table of exactly 16 KiB', () => manyFifos(16384)],
    ['more than 1024 inodes', () => [...manyFiles(2500, 6, 'd/'), ...manyFiles(900, 6, 'e/f/')]],
    [
      'more than 2048 owners',
      () => count(2100).map(index => file(`f${index}`, '', { uid: index, gid: 5000 + index })),
    ],
    ['hard links to everything', hardLinks],
    ['extended attributes on everything', attributes],
    [
      'hundreds of attribute sets',
      () =>
        count(1200).map(index => file(`f${index}`, '', { xattrs: value('user.n', `${index}`) })),
    ],
    ['duplicate files and tails', () => duplicates(blockSize)],
    ['long and strange names', names],
    ['modes, owners and times', () => modes()],
    ['devices', devices],
    [
      'long link targets',
      () => [
        symlink('l', 'x'.repeat(4095)),
        symlink('s', 'a'),
        symlink('b', pathText(Uint8Array.of(0xff, 0x80))),
      ],
    ],
    ['deep directories', () => [file(`${'d/'.repeat(200)}f`, 'deep')]],
  ];
}

/** More than 512 fragments need as many blocks of noise: too slow for every run. */
export function largeTrees(blockSize: number): [name: string, makeNodes: () => ImageNode[]][] {
  return [
    [
      'more than 512 fragments',
      () => count(530).map(index => file(`f${index}`, noise(blockSize - 1, index + 1))),
    ],
    [
      'more than 4 GiB of hole',
      () => [
        sparse(
          'big',
          5 * 2 ** 30 + 3,
          new Map([
            [0, 'start'],
            [2 ** 32 + 1, 'middle'],
            [5 * 2 ** 30, 'end'],
          ]),
        ),
      ],
    ],
  ];
}

function count(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

function manyFiles(length: number, nameLength: number, prefix = ''): ImageNode[] {
  return count(length).map(index => {
    const name = `${index}`.padStart(nameLength, 'n');
    return file(prefix + name, name);
  });
}

/** A fifo's inode takes 20 bytes and the root's 32; a symlink fills the table up. */
function manyFifos(tableSize: number): ImageNode[] {
  const root = 32;
  const link = 24;
  const fifos = Math.floor((tableSize - root - link - 1) / 20);
  const target = tableSize - root - link - fifos * 20;
  return [
    ...count(fifos).map(index => special(`p${index}`, 'fifo')),
    symlink('s', 'x'.repeat(target)),
  ];
}

function holes(blockSize: number): ImageNode[] {
  const block = prose(blockSize);
  const zero = new Uint8Array(blockSize);
  const join = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
  return [
    file('all', join(zero, zero)),
    file('first', join(zero, block)),
    file('middle', join(block, zero, block)),
    file('last', join(block, zero)),
    file('zero-tail', join(block, new Uint8Array(100))),
    file('zero-small', new Uint8Array(100)),
    file('tail', join(zero, prose(100))),
    sparse(
      'known',
      10 * blockSize + 7,
      new Map([
        [3 * blockSize - 2, 'over the edge'],
        [10 * blockSize, 'end'],
      ]),
    ),
    sparse('nothing', 3 * blockSize, new Map()),
    sparse('small', 50, new Map()),
  ];
}

function hardLinks(): ImageNode[] {
  return [
    file('z/file', 'linked'),
    file('z/empty', ''),
    symlink('z/symlink', 'file'),
    device('z/char', 'char-device', [5, 300]),
    device('z/block', 'block-device', [259, 70000]),
    special('z/fifo', 'fifo'),
    special('z/socket', 'socket'),
    ...['file', 'empty', 'symlink', 'char', 'block', 'fifo', 'socket'].flatMap(name => [
      hardlink(`a/${name}`, `z/${name}`),
      hardlink(`${name}-too`, `z/${name}`),
    ]),
  ];
}

function attributes(): ImageNode[] {
  // A file capability as the kernel checks it: version 2, cap_net_bind_service permitted and effective.
  const capability = Uint8Array.of(1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
  const trusted = value('trusted.note', 'only root sees this');
  const all = new Map([
    ...trusted,
    ['user.empty', new Uint8Array()],
    ['user.large', noise(2000)],
    ['security.capability', capability],
  ]);
  return [
    directory('', { xattrs: trusted }),
    directory('d', { xattrs: trusted }),
    file('all', 'x', { xattrs: all }),
    file('same', 'y', { xattrs: all }),
    file('user', 'z', { xattrs: value('user.mime', 'text/plain') }),
    symlink('symlink', 'all', { xattrs: trusted }),
    device('char', 'char-device', [1, 3], { xattrs: trusted }),
    device('block', 'block-device', [8, 1], { xattrs: trusted }),
    special('fifo', 'fifo', { xattrs: trusted }),
    special('socket', 'socket', { xattrs: trusted }),
    hardlink('linked', 'all'),
  ];
}

function value(name: string, text: string): Map<string, Uint8Array> {
  return new Map([[name, new TextEncoder().encode(text)]]);
}

function duplicates(blockSize: number): ImageNode[] {
  const long = new Uint8Array(Buffer.concat([prose(2 * blockSize), noise(500)]));
  return [
    file('a', long),
    file('b', long),
    file('c', long.subarray(0, 2 * blockSize)),
    file('d', noise(500)),
    file('e', noise(500)),
    file(
      'f',
      long.map((byte, index) => (index === 7 ? byte ^ 1 : byte)),
    ),
  ];
}

function names(): ImageNode[] {
  const every = count(255)
    .map(index => index + 1)
    .filter(byte => byte !== 0x2f && byte !== 0x2e)
    .map(byte => file(`bytes/${pathText(Uint8Array.of(byte))}`, `${byte}`));
  return [
    ...every,
    file('n'.repeat(255), 'long'),
    file(`${'m'.repeat(255)}/${'n'.repeat(255)}`, 'longer'),
    file('with space', ''),
    file('docker:20.10', ''),
    file('...', ''),
    file('.hidden', ''),
    file('\u{1f40b}', 'a whale'),
    file('\uffee', 'sorts before the whale, by bytes'),
  ];
}

function modes(): ImageNode[] {
  const ids = [0, 1, 1000, 65534, 65536, 0xffff_fffe];
  const times = [0, 1, 1_700_000_000, 2 ** 31, 0xffff_ffff];
  return [
    ...[0, 0o4755, 0o2755, 0o1777, 0o7777, 0o600].map(mode =>
      file(`mode-${mode.toString(8)}`, 'm', { mode }),
    ),
    ...ids.map(id => file(`id-${id}`, 'i', { uid: id, gid: id })),
    ...times.map(mtime => file(`time-${mtime}`, 't', { mtime })),
    directory('tmp', { mode: 0o1777, mtime: 2 ** 31 + 5 }),
  ];
}

function devices(): ImageNode[] {
  return [
    device('null', 'char-device', [1, 3]),
    device('char', 'char-device', [5, 300]),
    device('block', 'block-device', [259, 70000]),
    device('highest', 'char-device', [4095, 1048575]),
    special('fifo', 'fifo'),
    special('socket', 'socket'),
  ];
}
