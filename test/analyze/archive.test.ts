import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readArchive } from '../../src/analyze/archive.ts';
import { bytesContent } from '../../src/content.ts';
import { toolErrorOf } from '../support/catch-error.ts';
import { describeEntries, readBytesArchive } from '../support/read-bytes-archive.ts';
import { gnuLong, header, member, oldSparse, padded, pax, tar } from '../support/tar-builder.ts';

const a = member({ name: 'a', data: 'A' });
const b = member({ name: 'b', data: 'B' });

function directory(name: string, mode = 0o755): Buffer {
  return member({ name, type: '5', mode });
}

function symlink(name: string, linkName: string): Buffer {
  return member({ name, type: '2', linkName, mode: 0o777 });
}

function hardlink(name: string, linkName: string): Buffer {
  return member({ name, type: '1', linkName });
}

describe('entries', () => {
  const long = `${'d'.repeat(120)}/${'e'.repeat(120)}`;
  test.each<[title: string, archive: Buffer, entries: string[], notes?: string[]]>([
    [
      'owner, mode and time',
      tar(member({ name: 'a', mode: 0o104755, uid: 5, gid: 6, mtime: 7, data: 'A' })),
      ['file "a" 4755 5:6 @7 "A"'],
    ],
    [
      'large numbers in base 256',
      tar(member({ name: 'a', uid: 2 ** 32 - 1, gid: 3_000_000, mtime: 2 ** 32 - 1 })),
      ['file "a" 644 4294967295:3000000 @4294967295 ""'],
    ],
    [
      'owners beyond 32 bits',
      tar(member({ name: 'a', uid: -2, gid: 2 ** 32 })),
      ['file "a" 644 65534:65534 @0 ""'],
      ['owners that do not fit into 32 bits became 65534, as the kernel shows them'],
    ],
    [
      'times out of range',
      tar(member({ name: 'a', mtime: -5 }), member({ name: 'b', mtime: 2 ** 33 })),
      ['file "a" 644 0:0 @0 ""', 'file "b" 644 0:0 @4294967295 ""'],
    ],
    [
      'PAX over the header',
      tar(
        pax([
          ['path', 'x'],
          ['uid', '1'],
          ['gid', '2'],
          ['mtime', '3.99'],
        ]),
        a,
      ),
      ['file "x" 644 1:2 @3 "A"'],
    ],
    ['a PAX time before the epoch', tar(pax([['mtime', '-1.5']]), a), ['file "a" 644 0:0 @0 "A"']],
    [
      'ustar prefix',
      tar(member({ name: 'c', prefix: 'a/b', data: 'C' })),
      ['directory "a" 755 0:0 @0', 'directory "a/b" 755 0:0 @0', 'file "a/b/c" 644 0:0 @0 "C"'],
    ],
    [
      'the GNU format has no prefix',
      tar(member({ name: 'c', prefix: 'x', format: 'gnu' })),
      ['file "c" 644 0:0 @0 ""'],
    ],
    [
      'GNU long name and link',
      tar(gnuLong('L', long), gnuLong('K', long), symlink('cut', 'cut')),
      [`directory "${'d'.repeat(120)}" 755 0:0 @0`, `symlink "${long}" 777 0:0 @0 -> "${long}"`],
    ],
    [
      'v7, a directory by its slash',
      tar(member({ name: 'd/', type: '\0', format: 'v7', mode: 0o700 })),
      ['directory "d" 700 0:0 @0'],
    ],
    [
      'a name of 100 bytes without a NUL',
      tar(member({ name: 'n'.repeat(100) })),
      [`file "${'n'.repeat(100)}" 644 0:0 @0 ""`],
    ],
    [
      'a name that is not UTF-8, in the header',
      tar(member({ name: Uint8Array.of(0x61, 0xff) })),
      ['file "a\\udcff" 644 0:0 @0 ""'],
    ],
    [
      'a name that is not UTF-8, in a GNU header',
      tar(gnuLong('L', Uint8Array.of(0x61, 0xff)), b),
      ['file "a\\udcff" 644 0:0 @0 "B"'],
    ],
    [
      'names that are not UTF-8, in PAX',
      tar(
        pax([
          ['path', Uint8Array.of(0xfe)],
          ['linkpath', Uint8Array.of(0xff)],
        ]),
        symlink('cut', 'cut'),
      ),
      ['symlink "\\udcfe" 777 0:0 @0 -> "\\udcff"'],
    ],
    [
      'special files',
      tar(
        member({ name: 'c', type: '3', major: 1, minor: 3 }),
        member({ name: 'b', type: '4', major: 4095, minor: 2 ** 20 - 1 }),
        member({ name: 'p', type: '6' }),
      ),
      [
        'block-device "b" 644 0:0 @0 4095,1048575',
        'char-device "c" 644 0:0 @0 1,3',
        'fifo "p" 644 0:0 @0',
      ],
    ],
    [
      'contiguous file',
      tar(member({ name: 'a', type: '7', data: 'A' })),
      ['file "a" 644 0:0 @0 "A"'],
    ],
    [
      'GNU incremental: a directory with its list, a label',
      tar(
        member({ name: 'label', type: 'V', format: 'gnu' }),
        member({ name: 'd/', type: 'D', data: 'Ya\0\0', format: 'gnu' }),
        a,
      ),
      ['file "a" 644 0:0 @0 "A"', 'directory "d" 644 0:0 @0'],
    ],
    [
      'attributes in two spellings that are not equal, whichever comes first',
      tar(
        pax([
          ['SCHILY.xattr.user.a', 'raw'],
          ['LIBARCHIVE.xattr.user.a', 'YjY0'],
          ['LIBARCHIVE.xattr.user.b', 'YjY0'],
          ['SCHILY.xattr.user.b', 'raw'],
        ]),
        a,
      ),
      ['file "a" 644 0:0 @0 user.a=726177 user.b=726177 "A"'],
    ],
    [
      'attributes in three spellings',
      tar(
        pax([
          ['LIBARCHIVE.xattr.security.capability', 'AAECCg=='],
          ['LIBARCHIVE.xattr.user.a%3Db%FF', '/w'],
          ['SCHILY.xattr.user.empty', ''],
          ['SCHILY.xattr.security.capability', Uint8Array.of(0, 1, 2, 10)],
          ['RHT.security.selinux', 'l'],
          ['SCHILY.acl.access', 'user::rwx'],
        ]),
        a,
      ),
      [
        'file "a" 644 0:0 @0 security.capability=0001020a user.a=b\udcff=ff user.empty= security.selinux=6c00 system.posix_acl_access=757365723a3a727778 "A"',
      ],
    ],
    [
      'old sparse',
      tar(
        oldSparse({
          name: 's',
          data: 'abcde',
          pieces: [
            [2, 3],
            [7, 2],
          ],
          realSize: 10,
        }),
      ),
      ['file "s" 644 0:0 @0 "\\u0000\\u0000abc\\u0000\\u0000de\\u0000"'],
    ],
    [
      'PAX sparse 1.0 with its own name',
      tar(
        pax([
          ['GNU.sparse.major', '1'],
          ['GNU.sparse.minor', '0'],
          ['GNU.sparse.name', 'dir/s'],
          ['GNU.sparse.realsize', '4'],
          ['path', 'GNUSparseFile.0/s'],
        ]),
        member({
          name: 'x',
          data: Buffer.concat([padded(Buffer.from('1\n1\n2\n')), Buffer.from('ab')]),
        }),
      ),
      ['directory "dir" 755 0:0 @0', 'file "dir/s" 644 0:0 @0 "\\u0000ab\\u0000"'],
    ],
    [
      'the root is no entry',
      tar(directory('./', 0o700), member({ name: './a' })),
      ['file "a" 644 0:0 @0 ""'],
    ],
    [
      'sorted by bytes, parents first',
      tar(
        member({ name: 'a/b' }),
        member({ name: 'a.b' }),
        member({ name: 'B' }),
        member({ name: '\u{ffff}' }),
        member({ name: '\u{10000}' }),
      ),
      [
        'file "B" 644 0:0 @0 ""',
        'directory "a" 755 0:0 @0',
        'file "a.b" 644 0:0 @0 ""',
        'file "a/b" 644 0:0 @0 ""',
        'file "\u{ffff}" 644 0:0 @0 ""',
        'file "\u{10000}" 644 0:0 @0 ""',
      ],
    ],
    [
      'a directory behind its entries, and again',
      tar(member({ name: 'd/a' }), directory('d', 0o700), directory('d', 0o711)),
      ['directory "d" 711 0:0 @0', 'file "d/a" 644 0:0 @0 ""'],
    ],
    [
      'the later member wins',
      tar(a, member({ name: './a', data: 'new', mode: 0o755 })),
      ['file "a" 755 0:0 @0 "new"'],
    ],
    [
      'a file takes the place of an empty directory',
      tar(directory('a'), a),
      ['file "a" 644 0:0 @0 "A"'],
    ],
    [
      'a directory takes the place of a symlink',
      tar(symlink('d', 'x'), directory('d'), member({ name: 'd/a' })),
      ['directory "d" 755 0:0 @0', 'file "d/a" 644 0:0 @0 ""'],
    ],
    [
      'hard link behind its target',
      tar(b, hardlink('a', './b')),
      ['hardlink "a" 644 0:0 @0 -> "b"', 'file "b" 644 0:0 @0 "B"'],
    ],
    [
      'hard link before its target',
      tar(hardlink('a', 'b'), b),
      ['hardlink "a" 644 0:0 @0 -> "b"', 'file "b" 644 0:0 @0 "B"'],
    ],
    [
      'a chain of hard links, backwards',
      tar(hardlink('x', 'y'), hardlink('y', 'z'), hardlink('z', 'b'), b),
      [
        'file "b" 644 0:0 @0 "B"',
        'hardlink "x" 644 0:0 @0 -> "b"',
        'hardlink "y" 644 0:0 @0 -> "b"',
        'hardlink "z" 644 0:0 @0 -> "b"',
      ],
    ],
    [
      'a hard link keeps what was replaced',
      tar(b, hardlink('y', 'b'), hardlink('x', 'b'), member({ name: 'b', data: 'new' })),
      ['file "b" 644 0:0 @0 "new"', 'file "x" 644 0:0 @0 "B"', 'hardlink "y" 644 0:0 @0 -> "x"'],
    ],
    [
      'a hard link to a symlink',
      tar(symlink('s', 'b'), hardlink('a', 's')),
      ['hardlink "a" 777 0:0 @0 -> "s"', 'symlink "s" 777 0:0 @0 -> "b"'],
    ],
    [
      'a hard link with data',
      tar(b, member({ name: 'a', type: '1', linkName: 'b', data: 'B' }), member({ name: 'c' })),
      ['hardlink "a" 644 0:0 @0 -> "b"', 'file "b" 644 0:0 @0 "B"', 'file "c" 644 0:0 @0 ""'],
    ],
    [
      'trailing data',
      Buffer.concat([tar(a), Buffer.from('x')]),
      ['file "a" 644 0:0 @0 "A"'],
      ['data after the end of the tar archive were ignored'],
    ],
  ])('%s', async (_title, archive, entries, notes = []) => {
    for (const options of [{}, { chunkSize: 1 }, { random: true }]) {
      const contents = await readBytesArchive(archive, options);
      expect(await describeEntries(contents.entries)).toEqual(entries);
      expect(contents).toMatchObject({
        format: 'tar',
        notes,
        findings: [],
        uncompressedSize: archive.length,
      });
    }
    const zipped = await readBytesArchive(gzipSync(archive), { chunkSize: 100 });
    expect(await describeEntries(zipped.entries)).toEqual(entries);
    expect(zipped).toMatchObject({ format: 'tar.gz', notes, uncompressedSize: archive.length });
  });

  // `N` is GNU's obsolete list of long names, `A` Solaris's access lists.
  test.each(['Z', 'N', 'A', '8', '!'])('a member of the type %j is left out', async type => {
    const { entries, findings } = await readBytesArchive(
      tar(member({ name: 'u', type, data: 'zzz' }), a),
    );
    expect(entries.map(({ path }) => path)).toEqual(['a']);
    expect(findings).toMatchObject([
      {
        ruleId: 'TX611',
        path: 'u',
        message: `left out: entries of the type "${type}" are unknown`,
      },
    ]);
  });

  test('a gzip archive needs no end marker: its checksum proves that it is complete', async () => {
    const { entries, notes } = await readBytesArchive(gzipSync(a));
    expect(entries).toHaveLength(1);
    expect(notes).toEqual(['the archive has no end marker']);
  });

  test('a sparse file of 60 GiB costs nothing to read', async () => {
    const realSize = 60 * 2 ** 30;
    const { entries } = await readBytesArchive(
      tar(oldSparse({ name: 's', data: 'A', pieces: [[realSize - 1, 1]], realSize })),
    );
    expect(entries).toMatchObject([
      {
        kind: 'file',
        content: { size: realSize, dataRanges: [{ offset: realSize - 1, length: 1 }] },
      },
    ]);
  });
});

describe('what is no archive', () => {
  const bytes = (text: string) => Buffer.from(text, 'latin1');
  test.each<[content: Buffer, kind: string, suggestion?: string]>([
    [bytes('<!DOCTYPE html>\n<html>'), 'an HTML page', 'download again with curl -fL'],
    [bytes('\xef\xbb\xbf \n<HTML lang="en">'), 'an HTML page', 'download again with curl -fL'],
    [
      bytes('<?xml version="1.0"?><Error><Code>AccessDenied'),
      'an XML document',
      'download again with curl -fL',
    ],
    [bytes('{"message": "Not Found"}'), 'a JSON document'],
    [bytes('[]'), 'a JSON document'],
    [bytes('Not Found\n'), 'a text file'],
    [bytes('#!/bin/sh\n'), 'a script'],
    [bytes('PK\x03\x04rest'), 'a zip archive'],
    [
      bytes('\x28\xb5\x2f\xfdrest'),
      'a file compressed with zstd',
      'zstd -dc FILE | torcx2sysext - NAME',
    ],
    [bytes('\xfd7zXZ\0rest'), 'a file compressed with xz', 'xz -dc FILE | torcx2sysext - NAME'],
    [bytes('BZh91AY&SY'), 'a file compressed with bzip2', 'bzip2 -dc FILE | torcx2sysext - NAME'],
    [bytes('\x7fELF\x02\x01\x01'), 'an ELF binary'],
    [bytes('!<arch>\ndebian-binary'), 'a Debian package or an ar archive'],
    [
      bytes('SQSHrest'),
      'a SquashFS image that mksquashfs -stream has left unfinished',
      'finish it with mksquashfs -fix',
    ],
    [bytes('shsqrest'), 'a SquashFS image of a vendor variant with LZMA'],
    [
      Buffer.concat([Buffer.alloc(1080), bytes('\x53\xef'), Buffer.alloc(1000)]),
      'an ext2, ext3 or ext4 image',
    ],
    [Buffer.alloc(10240), 'a file of nothing but zero bytes'],
    [bytes('\x01\x02\x03'), 'data of an unknown kind'],
    [bytes('\x1f'), 'data of an unknown kind'],
    [gzipSync('just text'), 'a gzip file that holds a text file'],
    [gzipSync(''), 'a gzip file that holds nothing'],
    [gzipSync(Buffer.alloc(10240)), 'a gzip file that holds a file of nothing but zero bytes'],
    [gzipSync(gzipSync(tar(a))), 'a gzip file that holds another gzip file'],
    [gzipSync(bytes('hsqsrest')), 'a gzip file that holds a squashfs image'],
  ])('%#: %j', async (content, kind, suggestion) => {
    const facts = { path: 'image.tgz', kind, ...(suggestion && { suggestion }) };
    for (const chunkSize of [1, content.length]) {
      const error = await toolErrorOf(() => readBytesArchive(content, { chunkSize }));
      expect(error).toEqual({ code: 'input-not-archive', facts });
    }
  });
});

describe('errors', () => {
  test.each<[title: string, archive: Buffer, code: string, facts: unknown]>([
    ['an empty file', Buffer.alloc(0), 'input-empty', { path: 'image.tgz' }],
    [
      'a sysext',
      tar(member({ name: 'usr/lib/extension-release.d/extension-release.docker' })),
      'already-sysext',
      { path: 'image.tgz', extensionRelease: 'extension-release.docker' },
    ],
    [
      'a name that leaves the image',
      tar(a, member({ name: '../../etc/passwd' })),
      'unsafe-entry',
      { entry: '../../etc/passwd', reason: 'leaves the image' },
    ],
    [
      'an absolute name by PAX',
      tar(pax([['path', '/etc/passwd']]), a),
      'unsafe-entry',
      { entry: '/etc/passwd', reason: 'is absolute' },
    ],
    [
      'a NUL by PAX',
      tar(pax([['path', 'a\0b']]), a),
      'unsafe-entry',
      { entry: 'a\0b', reason: 'has a NUL in its name' },
    ],
    [
      'a bad name of a skipped member',
      tar(member({ name: '../u', type: 'Z' })),
      'unsafe-entry',
      { entry: '../u', reason: 'leaves the image' },
    ],
    ['no name', tar(member({ name: '' })), 'unsafe-entry', { entry: '', reason: 'has no name' }],
    [
      'a symlink instead of the root',
      tar(symlink('./', '/etc')),
      'unsafe-entry',
      { entry: './', reason: "takes the place of the image's root" },
    ],
    [
      'a hard link that leaves the image',
      tar(hardlink('a', '../../etc/shadow')),
      'unsafe-entry',
      { entry: '../../etc/shadow', reason: 'leaves the image' },
    ],
    [
      'an absolute hard link',
      tar(hardlink('a', '/etc/shadow')),
      'unsafe-entry',
      { entry: '/etc/shadow', reason: 'is absolute' },
    ],
    [
      'a hard link to nothing',
      tar(hardlink('a', 'x')),
      'unsafe-entry',
      { entry: 'a', reason: "is a hard link to 'x', which is not there" },
    ],
    [
      'a hard link to itself',
      tar(a, hardlink('a', './a')),
      'unsafe-entry',
      { entry: 'a', reason: 'is a hard link to itself' },
    ],
    [
      'a circle of hard links',
      tar(hardlink('a', 'b'), hardlink('b', 'c'), hardlink('c', 'a')),
      'unsafe-entry',
      { entry: 'a', reason: 'is a hard link to itself, by way of others' },
    ],
    [
      'a hard link to a directory',
      tar(directory('d'), hardlink('a', 'd')),
      'unsafe-entry',
      { entry: 'a', reason: "is a hard link to the directory 'd'" },
    ],
    [
      'a hard link to the root',
      tar(hardlink('a', '.')),
      'unsafe-entry',
      { entry: 'a', reason: "is a hard link to the image's root" },
    ],
    [
      'a file below a symlink',
      tar(symlink('d', '/etc'), member({ name: 'd/passwd' })),
      'unsafe-entry',
      { entry: 'd/passwd', reason: "lies below 'd', which is a symbolic link" },
    ],
    [
      'a file below a file',
      tar(a, member({ name: 'a/b/c' })),
      'unsafe-entry',
      { entry: 'a/b/c', reason: "lies below 'a', which is a file" },
    ],
    [
      'a file below a hard link',
      tar(hardlink('d', 'b'), member({ name: 'd/x' })),
      'unsafe-entry',
      { entry: 'd/x', reason: "lies below 'd', which is a hard link" },
    ],
    [
      'a file below a device',
      tar(member({ name: 'd', type: '3' }), member({ name: 'd/x' })),
      'unsafe-entry',
      { entry: 'd/x', reason: "lies below 'd', which is a special file" },
    ],
    [
      'a symlink instead of a directory with entries',
      tar(member({ name: 'd/x' }), symlink('d', '/etc')),
      'unsafe-entry',
      { entry: 'd', reason: 'takes the place of a directory with entries' },
    ],
    [
      'an impossible device',
      tar(member({ name: 'a', type: '3', major: 4096 })),
      'unsafe-entry',
      { entry: 'a', reason: 'has a device number that Linux does not have: 4096:0' },
    ],
    [
      'an attribute without a name',
      tar(pax([['SCHILY.xattr.', 'x']]), a),
      'unsafe-entry',
      { entry: 'a', reason: 'has an extended attribute whose name Linux does not allow' },
    ],
    [
      'an attribute of 64 KiB and a byte',
      tar(pax([['SCHILY.xattr.user.x', 'x'.repeat(65537)]]), a),
      'unsafe-entry',
      { entry: 'a', reason: 'has an extended attribute of more than 65536 bytes' },
    ],
    [
      'an attribute that is not base64',
      tar(pax([['LIBARCHIVE.xattr.user.x', '*']]), a),
      'archive-corrupt',
      { at: 1536, entry: 1, reason: 'an extended attribute is not valid base64' },
    ],
    [
      'an owner that is no number',
      tar(a, member({ name: 'b', edit: block => block.write('x', 108) })),
      'archive-corrupt',
      { at: 1536, entry: 2, reason: 'the owner of the entry is not a number' },
    ],
    [
      'a mode that is no number',
      tar(member({ name: 'b', edit: block => block.write('x', 100) })),
      'archive-corrupt',
      { at: 512, entry: 1, reason: 'the mode of the entry is not a number' },
    ],
    [
      'a time that is no number',
      tar(member({ name: 'b', edit: block => block.write('x', 136) })),
      'archive-corrupt',
      { at: 512, entry: 1, reason: 'the modification time of the entry is not a number' },
    ],
    [
      'a volume of several',
      tar(member({ name: 'a', type: 'M', format: 'gnu' })),
      'archive-corrupt',
      { at: 512, entry: 1, reason: 'the archive is one volume of several' },
    ],
    [
      'a wrong checksum',
      tar(a, Buffer.alloc(512, 'x')),
      'archive-corrupt',
      { at: 1024, entry: 2, reason: 'the checksum of the header does not match' },
    ],
    [
      'a wrong checksum of the first header',
      tar(member({ name: 'a' }).fill('z', 0, 1)),
      'archive-corrupt',
      { at: 0, entry: 1, reason: 'the checksum of the header does not match' },
    ],
    [
      'the end within data',
      Buffer.concat([a, b]).subarray(0, 1537),
      'archive-truncated',
      { at: 1537, entry: 2, lastGood: 'a' },
    ],
    [
      'the end within a header',
      Buffer.concat([a, b, a]).subarray(0, 2050),
      'archive-truncated',
      { at: 2050, entry: 3, lastGood: 'b' },
    ],
    [
      'the end within an extended header',
      Buffer.concat([a, pax([['path', 'x']])]).subarray(0, 1600),
      'archive-truncated',
      { at: 1600, entry: 2, lastGood: 'a' },
    ],
    [
      'no end marker',
      Buffer.concat([a, b]),
      'archive-truncated',
      { at: 2048, entry: 3, lastGood: 'b' },
    ],
    [
      'the end within data, inside gzip',
      gzipSync(Buffer.concat([a, b]).subarray(0, 1537)),
      'archive-truncated',
      { at: 1537, entry: 2, lastGood: 'a' },
    ],
    [
      'a gzip file without its trailer',
      gzipSync(tar(a, b)).subarray(0, -8),
      'archive-truncated',
      { at: 3072, entry: 3, lastGood: 'b' },
    ],
    [
      'sparse files of 8 EiB',
      tar(oldSparse({ name: 's', pieces: [[0, 0]], realSize: 2 ** 63 })),
      'archive-too-large',
      { what: 'the contents with their holes', limit: 2 ** 36 },
    ],
    [
      'sparse files of 40 GiB each',
      tar(
        ...[1, 2].map(n => oldSparse({ name: `s${n}`, pieces: [[0, 0]], realSize: 40 * 2 ** 30 })),
      ),
      'archive-too-large',
      { what: 'the contents with their holes', limit: 2 ** 36 },
    ],
    [
      'a header that announces a terabyte',
      tar(header({ name: 'a', size: 2 ** 40 })),
      'archive-too-large',
      { what: 'entry 1, which announces 1099511627776 bytes', limit: 2 ** 36 },
    ],
  ])('%s', async (_title, archive, code, facts) => {
    for (const chunkSize of [1, 512, archive.length]) {
      const error = await toolErrorOf(() => readBytesArchive(archive, { chunkSize }));
      expect(error).toEqual({ code, facts });
    }
  });

  test('a gzip bomb is given up when it outgrows its size', async () => {
    const megabyte = Buffer.alloc(1 << 20);
    const start = gzipSync(Buffer.concat([header({ name: 'bomb', size: 2 ** 33 }), megabyte]));
    const more = gzipSync(Buffer.concat(Array.from({ length: 64 }, () => megabyte)));
    async function* bomb() {
      yield start;
      for (let count = 0; count < 1000; count += 1) yield more;
    }
    let spooled = 0;
    const spool = {
      append: async (chunk: Uint8Array) => {
        spooled += chunk.length;
      },
      content: () => bytesContent(new Uint8Array()),
    };
    const error = await toolErrorOf(() => readArchive({ name: 'bomb.tgz', stream: bomb }, spool));
    expect(error).toEqual({
      code: 'archive-too-large',
      facts: { what: 'the inflated archive', limit: '250 times its compressed size' },
    });
    expect(spooled).toBeLessThanOrEqual(2 ** 30);
  });

  test('one archive of many levels for each entry is too large', async () => {
    const deep = (index: number) => Array.from({ length: 255 }, () => index.toString(36)).join('/');
    const members = Array.from({ length: 500 }, (_, index) => [pax([['path', deep(index)]]), a]);
    const error = await toolErrorOf(() => readBytesArchive(tar(...members.flat())));
    expect(error).toEqual({
      code: 'archive-too-large',
      facts: { what: 'the number of entries with their directories', limit: '100000' },
    });
  });

  test('names and attributes that would fill the memory are too large', async () => {
    const value = Buffer.alloc(65536);
    const records = Array.from(
      { length: 15 },
      (_, index) => [`SCHILY.xattr.user.${index}`, value] as const,
    );
    const members = Array.from({ length: 40 }, (_, index) => [
      pax(records),
      member({ name: `${index}` }),
    ]);
    const error = await toolErrorOf(() => readBytesArchive(tar(...members.flat())));
    expect(error).toEqual({
      code: 'archive-too-large',
      facts: { what: 'the names and attributes', limit: 2 ** 25 },
    });
  });

  test('an error of the spool comes out as it is', async () => {
    const failure = new Error('ENOSPC');
    const spool = { append: () => Promise.reject(failure), content: () => bytesContent(tar()) };
    async function* stream() {
      yield tar(a);
    }
    await expect(readArchive({ name: 'x', stream }, spool)).rejects.toBe(failure);
  });
});

test('progress tells the bytes of the input', async () => {
  const seen: number[] = [];
  const archive = gzipSync(tar(a));
  async function* stream() {
    yield archive.subarray(0, 20);
    yield archive.subarray(20);
  }
  const spool = { append: async () => {}, content: () => bytesContent(tar(a)) };
  await readArchive({ name: 'x', stream }, spool, total => seen.push(total));
  expect(seen).toEqual([20, archive.length]);
});

test('an error leaves nothing running that goes on reading', async () => {
  let pulled = 0;
  let closed = false;
  const archive = gzipSync(
    Buffer.concat([member({ name: '/absolute' }), Buffer.alloc(1 << 22, 'x')]),
    { level: 0 },
  );
  async function* stream() {
    try {
      for (let at = 0; at < archive.length; at += 4096) {
        pulled += 1;
        yield archive.subarray(at, at + 4096);
      }
    } finally {
      closed = true;
    }
  }
  const spool = { append: async () => {}, content: () => bytesContent(new Uint8Array()) };
  expect(await toolErrorOf(() => readArchive({ name: 'x', stream }, spool))).toMatchObject({
    code: 'unsafe-entry',
  });
  const before = pulled;
  await new Promise(resolve => setTimeout(resolve, 50));
  expect(pulled - before).toBeLessThanOrEqual(1);
  expect(closed).toBe(true);
});
