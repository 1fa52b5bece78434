import { describe, expect, test } from 'vitest';
import { ArchiveDamage } from '../../src/analyze/archive-damage.ts';
import { type MemberFrame, TarFraming } from '../../src/analyze/tar-framing.ts';
import { ToolError } from '../../src/errors.ts';
import {
  gnuLong,
  header,
  member,
  oldSparse,
  padded,
  pax,
  sealed,
  tar,
} from '../support/tar-builder.ts';

const GIB = 2 ** 30;

/** The frames, notes and end of an archive in lines, the same whatever the chunks. */
function events(archive: Uint8Array, chunkSize: number): string[] {
  const notes = new Set<string>();
  const framing = new TarFraming(notes);
  const lines: string[] = [];
  try {
    for (let at = 0; at < archive.length; at += chunkSize) {
      for (const frame of framing.push(archive.subarray(at, at + chunkSize))) {
        lines.push(frameLine(frame));
      }
    }
    const state = framing.ended ? 'ended' : framing.withinMember ? 'within' : 'open';
    lines.push(`${state} ${framing.offset}`);
  } catch (error) {
    lines.push(errorLine(error));
  }
  return [...lines, ...notes];
}

function frameLine({
  header: block,
  typeflag,
  pax: attributes,
  longName,
  longLink,
  data,
}: MemberFrame) {
  const words = [typeflag, text(block.subarray(0, block.indexOf(0)))];
  words.push(`${data.offset}+${data.length}`);
  if (longName) words.push(`name=${text(longName)}`);
  if (longLink) words.push(`link=${text(longLink)}`);
  for (const [key, value] of attributes) words.push(`${key}=${text(value)}`);
  if (data.sparse) {
    const pieces = data.sparse.pieces.map(({ offset, length }) => `${offset}+${length}`);
    words.push(`sparse ${data.sparse.size}: ${pieces.join(' ')}`);
  }
  return words.join(' ').replaceAll('\0', '\\0');
}

function errorLine(error: unknown): string {
  if (error instanceof ArchiveDamage) return `${error.kind} at ${error.at}: ${error.message}`;
  if (error instanceof ToolError) return `${error.code}: ${JSON.stringify(error.facts)}`;
  throw error;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

const a = member({ name: 'a', data: 'AAA' });
const b = member({ name: 'b', data: 'BBB' });
const leadingMap = padded(Buffer.from('2\n0\n3\n1000\n2\n'));

const cases: readonly (readonly [title: string, archive: Uint8Array, events: readonly string[]])[] =
  [
    ['two files', tar(a, b), ['0 a 512+3', '0 b 1536+3', 'ended 3072']],
    ['no entries', tar(), ['ended 1024']],
    [
      'v7: the type NUL is a file',
      tar(member({ name: 'a', type: '\0', format: 'v7', data: 'A' })),
      ['0 a 512+1', 'ended 2048'],
    ],
    [
      'padding behind the end',
      Buffer.concat([tar(a), Buffer.alloc(7777)]),
      ['0 a 512+3', 'ended 9825'],
    ],
    [
      'garbage behind the end',
      Buffer.concat([tar(a), Buffer.from('garbage')]),
      ['0 a 512+3', 'ended 2055', 'data after the end of the tar archive were ignored'],
    ],
    ['no end marker', Buffer.concat([a, b]), ['0 a 512+3', '0 b 1536+3', 'open 2048']],
    ['half an end marker', Buffer.concat([a, Buffer.alloc(512)]), ['0 a 512+3', 'open 1536']],
    [
      'a lone zero block between entries',
      tar(a, Buffer.alloc(512), b),
      ['0 a 512+3', '0 b 2048+3', 'ended 3584', 'a zero block stands between the entries'],
    ],
    ['ends within a header', a.subarray(0, 511), ['within 511']],
    ['ends within data', a.subarray(0, 514), ['0 a 512+3', 'within 514']],
    ['ends within padding', a.subarray(0, 1023), ['0 a 512+3', 'within 1023']],
    ['ends behind an extended header', pax([['path', 'x']]), ['within 1024']],
    [
      'end marker behind an extended header',
      tar(pax([['path', 'x']])),
      ['corrupt at 1024: the archive ends behind an extended header'],
    ],
    [
      'PAX',
      tar(
        pax([
          ['path', 'über'],
          ['mtime', '1.5'],
        ]),
        a,
      ),
      ['0 a 1536+3 path=Ã¼ber mtime=1.5', 'ended 3072'],
    ],
    [
      'a binary PAX value',
      tar(pax([['SCHILY.xattr.security.capability', Uint8Array.of(0xff, 10, 61, 0)]]), a),
      ['0 a 1536+3 SCHILY.xattr.security.capability=ÿ\n=\\0', 'ended 3072'],
    ],
    [
      'PAX size over the header',
      tar(pax([['size', '3']]), header({ name: 'a', size: 0 }), padded(Buffer.from('AAA')), b),
      ['0 a 1536+3 size=3', '0 b 2560+3', 'ended 4096'],
    ],
    [
      'two extended headers in a row',
      tar(
        pax([
          ['path', 'x'],
          ['uid', '1'],
        ]),
        pax([['path', 'y']]),
        a,
      ),
      ['0 a 2560+3 path=y uid=1', 'ended 4096'],
    ],
    [
      'records hold for one member',
      tar(pax([['path', 'x']]), a, b),
      ['0 a 1536+3 path=x', '0 b 2560+3', 'ended 4096'],
    ],
    [
      'global records hold for all',
      tar(pax([['uid', '7']], 'g'), a, pax([['uid', '8']]), b),
      ['0 a 1536+3 uid=7', '0 b 3584+3 uid=8', 'ended 5120'],
    ],
    [
      'an empty value takes a global record back',
      tar(pax([['uid', '7']], 'g'), pax([['uid', '']]), a, b),
      ['0 a 2560+3', '0 b 3584+3 uid=7', 'ended 5120'],
    ],
    [
      'an empty attribute is a value',
      tar(pax([['SCHILY.xattr.user.x', '']]), a),
      ['0 a 1536+3 SCHILY.xattr.user.x=', 'ended 3072'],
    ],
    [
      'Solaris extended header',
      tar(pax([['path', 'x']], 'X'), a),
      ['0 a 1536+3 path=x', 'ended 3072'],
    ],
    ['an empty extended header', tar(pax([]), a), ['0 a 1024+3', 'ended 2560']],
    [
      'GNU long name and link',
      tar(gnuLong('K', 't'), gnuLong('L', 'n'), a),
      ['0 a 2560+3 name=n\\0 link=t\\0', 'ended 4096'],
    ],
    ...['1', '2', '3', '4', '5', '6'].map(
      type =>
        [
          `type ${type} with a size that means nothing`,
          tar(header({ name: 'x', type, size: 4096 }), a),
          [`${type} x 512+0`, '0 a 1024+3', 'ended 2560'],
        ] as const,
    ),
    [
      'hard link with a size, no data',
      tar(header({ name: 'l', type: '1', linkName: 'a', size: 700 }), a),
      ['1 l 512+0', '0 a 1024+3', 'ended 2560'],
    ],
    [
      'hard link with data',
      tar(member({ name: 'l', type: '1', linkName: 'a', data: 'x'.repeat(700) }), a),
      ['1 l 512+0', '0 a 2048+3', 'ended 3584'],
    ],
    [
      'directory with a size',
      tar(header({ name: 'd', type: '5', size: 4096 }), a),
      ['5 d 512+0', '0 a 1024+3', 'ended 2560'],
    ],
    [
      'directory with a size at the end',
      tar(header({ name: 'd', type: '5', size: 4096 })),
      ['5 d 512+0', 'ended 1536'],
    ],
    [
      'unknown type with data',
      tar(member({ name: 'u', type: 'Z', data: 'zzz' }), a),
      ['Z u 512+3', '0 a 1536+3', 'ended 3072'],
    ],
    [
      'checksum of signed bytes',
      tar(signedChecksum(member({ name: Uint8Array.of(0xfc), data: '' })), a),
      ['0 ü 512+0', '0 a 1024+3', 'ended 2560'],
    ],
    [
      'wrong checksum',
      tar(a, corrupted(b)),
      ['0 a 512+3', 'corrupt at 1024: the checksum of the header does not match'],
    ],
    [
      'an all-zero header with the checksum of one',
      tar(sealed(Buffer.alloc(512)), a),
      ['0  512+0', '0 a 1024+3', 'ended 2560'],
    ],
    [
      'a size that is no number',
      tar(member({ name: 'a', edit: block => block.write('xyz', 124) })),
      ['corrupt at 0: the size of the entry is not a number'],
    ],
    [
      'a negative size',
      tar(header({ name: 'a', size: -1 })),
      ['corrupt at 0: the size of the entry is negative'],
    ],
    [
      'a negative PAX size',
      tar(pax([['size', '-1']]), a),
      ['corrupt at 1024: the size of the entry is negative'],
    ],
    [
      'a PAX size that is no number',
      tar(pax([['size', '1e3']]), a),
      ["corrupt at undefined: the PAX record 'size' is not a number"],
    ],
    [
      '8 EiB',
      tar(header({ name: 'a', size: 2 ** 63 })),
      [
        `archive-too-large: {"what":"entry 1, which announces ${2 ** 63} bytes","limit":${64 * GIB}}`,
      ],
    ],
    [
      '8 EiB by PAX',
      tar(pax([['size', '9223372036854775807']]), a),
      [
        `archive-too-large: {"what":"entry 1, which announces ${2 ** 63} bytes","limit":${64 * GIB}}`,
      ],
    ],
    [
      '100 MB of PAX records',
      tar(header({ name: 'x', type: 'x', size: 1e8 })),
      [
        'archive-too-large: {"what":"the extended headers of one entry (100000512 bytes)","limit":1048576}',
      ],
    ],
    [
      'a long name of 100 MB',
      tar(header({ name: 'x', type: 'L', size: 1e8 })),
      [
        'archive-too-large: {"what":"the extended headers of one entry (100000512 bytes)","limit":1048576}',
      ],
    ],
    [
      '100 MB of global records',
      tar(header({ name: 'x', type: 'g', size: 1e8 })),
      [
        'archive-too-large: {"what":"the extended headers of one entry (100000000 bytes)","limit":1048576}',
      ],
    ],
    [
      'thousands of extended headers before one entry',
      tar(...Array.from({ length: 2049 }, () => pax([]))),
      [
        'archive-too-large: {"what":"the extended headers of one entry (1049088 bytes)","limit":1048576}',
      ],
    ],
    [
      '100 global records',
      tar(
        pax(
          Array.from({ length: 100 }, (_, index) => [`k${index}`, 'v']),
          'g',
        ),
      ),
      ['archive-too-large: {"what":"the number of global PAX records","limit":"64"}'],
    ],
    [
      'a negative size of an extended header',
      tar(header({ name: 'x', type: 'x', size: -1 })),
      ['corrupt at 0: the size of an extended header is negative'],
    ],
    [
      'a malformed PAX record',
      tar(member({ name: 'x', type: 'x', data: '99 path=x\n' }), a),
      ['corrupt at undefined: a PAX record is malformed'],
    ],
    [
      'old sparse',
      tar(
        oldSparse({
          name: 's',
          data: 'abcde',
          pieces: [
            [512, 3],
            [4096, 2],
          ],
          realSize: 9000,
        }),
        a,
      ),
      ['S s 512+5 sparse 9000: 512+3 4096+2', '0 a 1536+3', 'ended 3072'],
    ],
    [
      'old sparse with two extension blocks',
      tar(oldSparse({ name: 's', data: 'x'.repeat(30), pieces: ones(30), realSize: 90 }), a),
      [
        `S s 1536+30 sparse 90: ${ones(30)
          .map(([offset]) => `${offset}+1`)
          .join(' ')}`,
        '0 a 2560+3',
        'ended 4096',
      ],
    ],
    [
      'old sparse, holes only',
      tar(oldSparse({ name: 's', pieces: [[9000, 0]], realSize: 9000 }), a),
      ['S s 512+0 sparse 9000: ', '0 a 1024+3', 'ended 2560'],
    ],
    [
      'old sparse, ends within the extension',
      oldSparse({ name: 's', data: 'x'.repeat(30), pieces: ones(30), realSize: 90 }).subarray(
        0,
        700,
      ),
      ['within 700'],
    ],
    [
      'PAX sparse 0.0',
      tar(
        pax([
          ['GNU.sparse.size', '90'],
          ['GNU.sparse.numblocks', '2'],
          ['GNU.sparse.offset', '1'],
          ['GNU.sparse.numbytes', '2'],
          ['GNU.sparse.offset', '10'],
          ['GNU.sparse.numbytes', '1'],
        ]),
        a,
      ),
      [
        '0 a 1536+3 GNU.sparse.size=90 GNU.sparse.numblocks=2 GNU.sparse.offset=10 GNU.sparse.numbytes=1 sparse 90: 1+2 10+1',
        'ended 3072',
      ],
    ],
    [
      'PAX sparse 0.1',
      tar(
        pax([
          ['GNU.sparse.size', '90'],
          ['GNU.sparse.map', '1,2,10,1'],
        ]),
        a,
      ),
      ['0 a 1536+3 GNU.sparse.size=90 GNU.sparse.map=1,2,10,1 sparse 90: 1+2 10+1', 'ended 3072'],
    ],
    [
      'PAX sparse 1.0',
      tar(sparse10(leadingMap, 'abcde'), a),
      [
        '0 s 2048+5 GNU.sparse.major=1 GNU.sparse.minor=0 GNU.sparse.realsize=9000 sparse 9000: 0+3 1000+2',
        '0 a 3072+3',
        'ended 4608',
      ],
    ],
    [
      'PAX sparse 1.0, a map of several blocks',
      tar(sparse10(padded(Buffer.from(`200\n${ones(200).flat().join('\n')}\n`)), 'x'.repeat(200))),
      [
        `0 s ${1536 + 1536}+200 GNU.sparse.major=1 GNU.sparse.minor=0 GNU.sparse.realsize=9000 sparse 9000: ${ones(
          200,
        )
          .map(([offset]) => `${offset}+1`)
          .join(' ')}`,
        'ended 4608',
      ],
    ],
    [
      'PAX sparse 1.0, the map is longer than the data',
      tar(sparse10(Buffer.from('2\n0\n'), '')),
      ['corrupt at 1536: the map of a sparse file is longer than its data'],
    ],
    [
      'PAX sparse 1.0, no numbers',
      tar(sparse10(padded(Buffer.from('x\n')), '')),
      ['corrupt at undefined: the map of a sparse file holds a line that is not a number'],
    ],
    [
      'PAX sparse 1.0, an endless line',
      tar(sparse10(Buffer.alloc(2048, '1'), '')),
      ['corrupt at undefined: the map of a sparse file holds a line that is not a number'],
    ],
    [
      'PAX sparse 1.0, a million pieces',
      tar(sparse10(padded(Buffer.from('1000000\n')), '')),
      ['corrupt at undefined: the map of a sparse file has 1000000 pieces, more than 65536'],
    ],
    [
      'PAX sparse 2.0',
      tar(pax([['GNU.sparse.major', '2']]), a),
      ['corrupt at undefined: the map of a sparse file has the unknown format 2.0'],
    ],
    [
      'sparse pieces that overlap',
      tar(
        oldSparse({
          name: 's',
          data: 'abcde',
          pieces: [
            [5, 3],
            [6, 2],
          ],
          realSize: 90,
        }),
      ),
      ['corrupt at undefined: the map of a sparse file has pieces that overlap'],
    ],
    [
      'sparse pieces beyond the end',
      tar(oldSparse({ name: 's', data: 'abc', pieces: [[5, 3]], realSize: 7 })),
      ['corrupt at undefined: the map of a sparse file reaches beyond the end of the file'],
    ],
    [
      'sparse pieces without data',
      tar(oldSparse({ name: 's', data: 'abc', pieces: [[5, 4]], realSize: 90 })),
      [
        'corrupt at undefined: the map of a sparse file describes 4 bytes of data where 3 are stored',
      ],
    ],
    [
      'a negative sparse size',
      tar(oldSparse({ name: 's', pieces: [], realSize: -1 })),
      ['corrupt at undefined: the map of a sparse file holds a negative number'],
    ],
  ];

describe.each(cases)('%s', (_title, archive, expected) => {
  test.each([1, 7, 511, 512, 513, archive.length])('in chunks of %d bytes', chunkSize => {
    expect(events(archive, chunkSize)).toEqual(expected);
  });
});

test('more entries than memory should hold', () => {
  const block = member({ name: 'a' });
  const framing = new TarFraming(new Set());
  const chunk = Buffer.concat(Array.from({ length: 1000 }, () => block));
  const count = () => {
    for (let index = 0; index < 101; index += 1) for (const _ of framing.push(chunk));
  };
  expect(count).toThrow('the number of entries');
  expect(framing.members).toBe(100_000);
});

function ones(count: number): [number, number][] {
  return Array.from({ length: count }, (_, index) => [2 * index, 1]);
}

function sparse10(map: Uint8Array, data: string): Buffer {
  return Buffer.concat([
    pax([
      ['GNU.sparse.major', '1'],
      ['GNU.sparse.minor', '0'],
      ['GNU.sparse.realsize', '9000'],
    ]),
    member({ name: 's', data: Buffer.concat([map, Buffer.from(data)]) }),
  ]);
}

function corrupted(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy[0] = 0x7a;
  return copy;
}

/** As tars of the 1980s on machines with signed characters made it. */
function signedChecksum(block: Buffer): Buffer {
  let sum = 0;
  block.forEach((byte, at) => {
    sum += at >= 148 && at < 156 ? 0x20 : byte >= 0x80 ? byte - 256 : byte;
  });
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
  return block;
}
