import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TorcxMeaning } from '../../src/analyze/torcx-path.ts';
import { findTorcxReferences } from '../../src/analyze/torcx-reference.ts';

/** The text of a reference and its meaning, or only the text. */
type Expected = readonly [text: string, meaning: TorcxMeaning, tail?: string];

function check(text: string, expected: readonly Expected[]): void {
  const found = findTorcxReferences(text).map(({ text, meaning, tail }) =>
    tail === '' ? [text, meaning] : [text, meaning, tail],
  );
  expect(found).toEqual(expected);
}

const BIN = { kind: 'bin' } as const;
const SEAL = { kind: 'seal' } as const;
const TARGET = { kind: 'target' } as const;
const bin = (name: string) => ({ kind: 'bin', name }) as const;
const unpack = (image?: string, path?: string): TorcxMeaning => ({
  kind: 'unpack',
  ...(image !== undefined && { image }),
  ...(path !== undefined && { path }),
});

describe('variables', () => {
  test.each<[string, readonly Expected[]]>([
    ['${TORCX_BINDIR}', [['${TORCX_BINDIR}', BIN]]],
    ['$TORCX_BINDIR', [['$TORCX_BINDIR', BIN]]],
    ['\\${TORCX_BINDIR}/a', [['\\${TORCX_BINDIR}/a', bin('a')]]],
    ['$${TORCX_BINDIR}/a', [['$${TORCX_BINDIR}/a', bin('a')]]],
    ['"$TORCX_BINDIR/a"', [['$TORCX_BINDIR/a', bin('a')]]],
    ['${TORCX_BINDIR:-/opt}/a', [['${TORCX_BINDIR:-/opt}/a', bin('a')]]],
    ['${TORCX_BINDIR:?not set}/a', [['${TORCX_BINDIR:?not set}/a', bin('a')]]],
    ['${TORCX_BINDIR%/}/a', [['${TORCX_BINDIR%/}/a', bin('a')]]],
    ['${TORCX_BINDIR:-${X}}/a', [['${TORCX_BINDIR:-${X}}/a', bin('a')]]],
    ['$TORCX_UNPACKDIR/zfs/lib/', [['$TORCX_UNPACKDIR/zfs/lib', unpack('zfs', 'lib')]]],
    [
      '${TORCX_UNPACKDIR}//zfs/./lib//x.ko;',
      [['${TORCX_UNPACKDIR}//zfs/./lib//x.ko', unpack('zfs', 'lib/x.ko')]],
    ],
    ['${TORCX_UNPACKDIR}/d/lib/%v/x', [['${TORCX_UNPACKDIR}/d/lib', unpack('d', 'lib'), '/%v/x']]],
    [
      '${TORCX_UNPACKDIR}/d/lib/$(uname -r)',
      [['${TORCX_UNPACKDIR}/d/lib', unpack('d', 'lib'), '/$']],
    ],
    ['$TORCX_UNPACKDIR/$NAME/lib', [['$TORCX_UNPACKDIR', unpack(), '/$NAME/lib']]],
    ['$TORCX_UNPACKDIR/d/../e', [['$TORCX_UNPACKDIR/d', unpack('d'), '/../e']]],
    ['${TORCX_BINDIR}/{a,b}', [['${TORCX_BINDIR}', BIN, '/{a']]],
    ['${TORCX_BINDIR}/containerd{{ .X }}', [['${TORCX_BINDIR}/containerd', bin('containerd')]]],
    ['${TORCX_BINDIR}${PATH:+:$PATH}', [['${TORCX_BINDIR}', BIN]]],
    [
      'PATH=${TORCX_BINDIR}:${PATH} ${TORCX_BINDIR}/d',
      [
        ['${TORCX_BINDIR}', BIN],
        ['${TORCX_BINDIR}/d', bin('d')],
      ],
    ],
    [
      '${TORCX_UNPACKDIR}${TORCX_IMAGEDIR}${CONFIG}',
      [['${TORCX_UNPACKDIR}${TORCX_IMAGEDIR}', { kind: 'unpack', imageDir: true }, '${CONFIG}']],
    ],
    [
      '/run/torcx/unpack/$TORCX_IMAGEDIR/etc/x',
      [
        [
          '/run/torcx/unpack/$TORCX_IMAGEDIR/etc/x',
          { kind: 'unpack', imageDir: true, path: 'etc/x' },
        ],
      ],
    ],
    [
      '/run/torcx/unpack${TORCX_IMAGEDIR}',
      [['/run/torcx/unpack${TORCX_IMAGEDIR}', { kind: 'unpack', imageDir: true }]],
    ],
    ['cp "$TORCX_UNPACKDIR"/a/b c', [['"$TORCX_UNPACKDIR"/a/b', unpack('a', 'b')]]],
    ["'${TORCX_UNPACKDIR}/a'/b", [["'${TORCX_UNPACKDIR}/a'/b", unpack('a', 'b')]]],
    ['${TORCX_IMAGEDIR}', [['${TORCX_IMAGEDIR}', { kind: 'image-dir' }]]],
    ['${TORCX_UPPER_PROFILE}', [['${TORCX_UPPER_PROFILE}', { kind: 'profile' }]]],
    ['$TORCX_LOWER_PROFILES', [['$TORCX_LOWER_PROFILES', { kind: 'profile' }]]],
    ['"${TORCX_PROFILE_PATH}"', [['${TORCX_PROFILE_PATH}', { kind: 'profile' }]]],
    [
      'Environment=TORCX_IMAGEDIR=/d',
      [['TORCX_IMAGEDIR', { kind: 'name', variable: 'TORCX_IMAGEDIR' }]],
    ],
    ['os.environ["TORCX_BINDIR"]', [['TORCX_BINDIR', { kind: 'name', variable: 'TORCX_BINDIR' }]]],
    ['# all TORCX_* are gone', [['TORCX_', { kind: 'name', variable: 'TORCX_' }, '*']]],
  ])('%s', check);

  test('an operator that changes the value is kept apart', () => {
    const [reference] = findTorcxReferences('${TORCX_BINDIR#/run}/x');
    expect(reference).toMatchObject({ text: '${TORCX_BINDIR#/run}', operator: '#/run' });
  });

  test.each([
    ['\\${TORCX_BINDIR}', '\\'],
    ['$${TORCX_BINDIR}', '$'],
    ['${TORCX_BINDIR}', ''],
  ])('the escape of %s', (text, expected) => {
    expect(findTorcxReferences(text)[0]?.escape).toBe(expected);
  });
});

describe('paths', () => {
  test.each<[string, readonly Expected[]]>([
    ['/run/torcx/bin', [['/run/torcx/bin', BIN]]],
    ['ExecStart=-/run/torcx/bin/d --x', [['/run/torcx/bin/d', bin('d')]]],
    ['//var//run//torcx///bin//d', [['//var//run//torcx///bin//d', bin('d')]]],
    ['%t/torcx/bin/d', [['%t/torcx/bin/d', bin('d')]]],
    ['-v /run/torcx/bin/d:/bin/d', [['/run/torcx/bin/d', bin('d')]]],
    ['-L/run/torcx/unpack/a/lib', [['/run/torcx/unpack/a/lib', unpack('a', 'lib')]]],
    ['$(/run/torcx/bin/d)', [['/run/torcx/bin/d', bin('d')]]],
    ['`/run/torcx/bin/d`', [['/run/torcx/bin/d', bin('d')]]],
    ['s#/run/torcx/bin#x#', [['/run/torcx/bin', BIN]]],
    [
      'See /run/torcx/bin/d. Or /run/torcx/bin/e?',
      [
        ['/run/torcx/bin/d', bin('d')],
        ['/run/torcx/bin/e', bin('e')],
      ],
    ],
    ['„/run/torcx/bin“', [['/run/torcx/bin', BIN]]],
    ['/run/torcx/bin/größe', [['/run/torcx/bin/größe', bin('größe')]]],
    ['/run/torcx/bin/*', [['/run/torcx/bin', BIN, '/*']]],
    ['/run/torcx/unpack', [['/run/torcx/unpack', unpack()]]],
    ['/run/torcx/unpack/a', [['/run/torcx/unpack/a', unpack('a')]]],
    ['/run/torcx/binary', [['/run/torcx/binary', { kind: 'run-dir', path: 'binary' }]]],
    [
      '/run/torcx:/run/torcx',
      [
        ['/run/torcx', { kind: 'run-dir' }],
        ['/run/torcx', { kind: 'run-dir' }],
      ],
    ],
    ['/run/torcx/profile.json', [['/run/torcx/profile.json', { kind: 'profile' }]]],
    ['-/run/metadata/torcx', [['/run/metadata/torcx', SEAL]]],
    ['/var/run/metadata/torcx', [['/var/run/metadata/torcx', SEAL]]],
    [
      '/etc/torcx/next-profile',
      [['/etc/torcx/next-profile', { kind: 'config', path: 'next-profile' }]],
    ],
    ['/var/lib/torcx/store', [['/var/lib/torcx/store', { kind: 'store', path: 'store' }]]],
    ['"a\\n/run/torcx/bin/d\\nb"', [['/run/torcx/bin/d', bin('d')]]],
    ['"\\/run\\/torcx\\/bin\\/d"', [['\\/run\\/torcx\\/bin\\/d', bin('d')]]],
    ['file:///run/torcx/bin/d', [['/run/torcx/bin/d', bin('d')]]],
    ['After=torcx.target x', [['torcx.target', TARGET]]],
    [
      'torcx.target: failed. torcx.target.',
      [
        ['torcx.target', TARGET],
        ['torcx.target', TARGET],
      ],
    ],
    ['system/torcx.target.wants/x', [['torcx.target.wants', TARGET]]],
  ])('%s', check);

  test.each([
    ['/host/run/torcx/bin/d', '/host'],
    ['$ROOT/run/torcx/bin/d', '$ROOT'],
    ['${ROOT}/run/torcx/bin/d', '${ROOT}'],
    ['../../run/torcx/bin/d', '..'],
  ])('%s lies below another root', (text, root) => {
    expect(findTorcxReferences(text)).toMatchObject([{ text: '/run/torcx/bin/d', root }]);
  });

  test('counts lines and columns', () => {
    const found = findTorcxReferences('a\n\n  torcx.target /run/torcx\r\n$TORCX_BINDIR');
    expect(found.map(({ line, column }) => [line, column])).toEqual([
      [3, 3],
      [3, 16],
      [4, 1],
    ]);
  });

  test('follows variables of the text', () => {
    const aliases = new Map([['Z', '/run/torcx/unpack/zfs']]);
    const found = findTorcxReferences('$Z/lib ${Z}/bin $ZZ Z=1', { aliases });
    expect(found.map(({ text, meaning }) => [text, meaning])).toEqual([
      ['$Z/lib', unpack('zfs', 'lib')],
      ['${Z}/bin', unpack('zfs', 'bin')],
    ]);
  });
});

test.each([
  ...[
    'vectorcx',
    'motorcx.target',
    'my-torcx.target',
    'a.torcx.target',
    'torcx.targets',
    'torcx.target-x',
  ],
  ...[
    'TORCX_ZFS_VERSION',
    '$TORCX_REPORT_DIR',
    'MOTORCX_BINDIR',
    '${MOTORCX_BINDIR}',
    'TORCX_BINDIRS',
  ],
  ...[
    '/run/torcxfoo',
    '/run/torcx-old',
    '/run/torcx.d/x',
    '/srv/run/torcx/bin',
    'x/run/torcx',
    '~/run/torcx',
  ],
  ...[
    '/run/motorcx',
    '/run/metadata/coreos',
    '/run/metadata/torcxs',
    'http://run/torcx/bin',
    'torcx',
    '/opt/torcx',
  ],
  ...['%%t/torcx/bin', 'torcx profile list', 'var/lib/torcx'],
])('%s is no reference', text => {
  expect(findTorcxReferences(text)).toEqual([]);
});

test('references are ranges of the text, in order', () => {
  const pieces = fc.constantFrom(
    ...[
      '/run/torcx',
      '${TORCX_UNPACKDIR}',
      '$TORCX_IMAGEDIR',
      '/bin',
      '"',
      "'",
      '/',
      '//',
      '.',
      '..',
      '\\',
      '$',
    ],
    ...[
      '{',
      '}',
      ':',
      ' ',
      '\n',
      'torcx.target',
      '/run/metadata/torcx',
      'x',
      '%',
      '*',
      '/var',
      '${A}',
      'TORCX_',
    ],
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), parts => {
      const text = parts.join('');
      let done = 0;
      for (const reference of findTorcxReferences(text)) {
        expect(reference.start).toBeGreaterThanOrEqual(done);
        expect(reference.end).toBeGreaterThan(reference.start);
        expect(text.slice(reference.start, reference.end)).toBe(reference.text);
        const before = text.slice(0, reference.start).split('\n');
        expect([reference.line, reference.column]).toEqual([
          before.length,
          (before.at(-1) ?? '').length + 1,
        ]);
        done = reference.end;
      }
    }),
  );
});

describe('hostile texts take no more than their share of time', () => {
  test.each([
    '/',
    'torcx',
    '/torcx',
    '/run/torcx/bin:',
    '/run/torcx/',
    'TORCX_',
    'TORCX_BINDIR',
    '${TORCX_BINDIR:',
    '\\',
    '$',
    '/run/torcx/bin/$(',
    '.',
    '/.',
    '/run/torcx.',
    '%t/torcx',
    '${TORCX_UNPACKDIR}${X}',
    '"/run/torcx"/',
    '\n/run/torcx',
  ])('%j', piece => {
    const time = (length: number) => {
      const text = piece.repeat(Math.ceil(length / piece.length));
      const runs = [0, 1, 2].map(() => {
        const start = process.cpuUsage();
        findTorcxReferences(`/run/torcx/bin/${text}/run/torcx`);
        return process.cpuUsage(start).user + 2000;
      });
      return Math.min(...runs);
    };
    // Eight times the text: eight times the work, where quadratic work would grow by sixty-four.
    expect(time(400_000) / time(50_000)).toBeLessThan(32);
  });
});
