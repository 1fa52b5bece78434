import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rewriteText } from '../../src/rewrite/rewrite-text.ts';
import { type TextSyntax, textSyntax } from '../../src/rewrite/text-syntax.ts';
import { sampleContext } from './rewrite-sample.ts';

function rewrite(text: string, syntax: TextSyntax) {
  const result = rewriteText({ path: 'x', text, syntax }, sampleContext());
  const again = rewriteText({ path: 'x', text: result.text, syntax }, sampleContext());
  expect(again.text).toBe(result.text);
  expect(again.edits).toEqual([]);
  return result;
}

/** Nothing of Torcx may be left. */
function check(syntax: TextSyntax, before: string, after: string): void {
  const result = rewrite(before, syntax);
  expect(result.text).toBe(after);
  expect(result.leftovers).toEqual([]);
  if (syntax === 'shell') execFileSync('sh', ['-n'], { input: result.text });
}

const lines = (...texts: string[]) => texts.map(line => `${line}\n`).join('');

describe('shell scripts', () => {
  test.each<[string, string, string]>([
    [
      'a wrapper',
      lines(
        '#!/bin/bash',
        'set -e',
        'source /run/metadata/torcx',
        'export LD_LIBRARY_PATH=$TORCX_UNPACKDIR/zfs/lib:$LD_LIBRARY_PATH',
        'exec $TORCX_UNPACKDIR/zfs/sbin/zpool "$@"',
      ),
      lines(
        '#!/bin/bash',
        'set -e',
        'export LD_LIBRARY_PATH=/usr/lib:$LD_LIBRARY_PATH',
        'exec /usr/sbin/zpool "$@"',
      ),
    ],
    [
      'quotes around the directory only',
      '"$TORCX_UNPACKDIR"/zfs/sbin/zpool "$1"\n',
      '/usr/sbin/zpool "$1"\n',
    ],
    [
      'a search path with a default that is one itself',
      'PATH=${A:-/a:/usr/bin:/b}:$TORCX_BINDIR\n',
      'PATH=${A:-/a:/usr/bin:/b}:/usr/bin\n',
    ],
    ['a guarded source', '[ -f /run/metadata/torcx ] && . /run/metadata/torcx\nx\n', 'x\n'],
    ['a guard that leaves', '[[ -r "/run/metadata/torcx" ]] || exit 0\nx\n', 'x\n'],
    [
      'a guard with test',
      'test -e /run/metadata/torcx || { echo no; exit 1; }\n',
      'true || { echo no; exit 1; }\n',
    ],
    [
      'a guard by a variable',
      'if [ -z "$TORCX_UNPACKDIR" ]; then exit 1; fi\n',
      'if false; then exit 1; fi\n',
    ],
    [
      'a negated guard',
      'if [ ! -f /run/metadata/torcx ]; then exit 1; fi\n',
      'if false; then exit 1; fi\n',
    ],
    [
      'a variable with the file',
      lines('F=/run/metadata/torcx', '[ -f "$F" ] && . "$F"', 'if [ -r $F ]; then x; fi', 'y'),
      lines('if true; then x; fi', 'y'),
    ],
    [
      'the last word of a test',
      'test -f /run/metadata/torcx && source $_\ntest -e /run/metadata/torcx && . "$_"; x\n',
      'true && :; x\n',
    ],
    [
      'a test for the directory of the image',
      lines(
        'ROOT=$TORCX_UNPACKDIR/zfs',
        'if [ ! -d "$ROOT" ]; then exit 1; fi',
        '[ -d /run/torcx/unpack ] || exit 1',
        '[[ -x ${ROOT} ]] && "$ROOT/bin/zfsd"',
      ),
      lines('if false; then exit 1; fi', 'true && "/usr/bin/zfsd"'),
    ],
    [
      'the content of a directory',
      'cp -a $TORCX_UNPACKDIR/zfs/opt/cni/. /etc/\ncp -a /run/torcx/unpack/./zfs/./opt/cni/./ /etc\n',
      'cp -a /opt/cni/. /etc/\ncp -a /opt/cni/./ /etc\n',
    ],
    [
      'names with spaces',
      'cat /run/torcx/unpack/zfs/odd\\ name\n"$TORCX_BINDIR/my tool" a\n',
      'cat /usr/lib/zfs/odd\\ name\n"/usr/bin/my tool" a\n',
    ],
    [
      'a block on one line',
      'if [ -f /run/metadata/torcx ]; then . /run/metadata/torcx; fi\nx\n',
      'x\n',
    ],
    [
      'a block whose only command goes',
      lines(
        'if [ -f /run/metadata/torcx ]; then',
        '  . /run/metadata/torcx',
        '  export TORCX_BINDIR',
        'fi',
      ),
      lines('if true; then', '  :', 'fi'),
    ],
    [
      'a block with an alternative',
      lines(
        'if test -f /run/metadata/torcx',
        'then . /run/metadata/torcx; B=$TORCX_BINDIR',
        'else B=/usr/bin; fi',
      ),
      lines('if true', 'then :; B=/usr/bin', 'else B=/usr/bin; fi'),
    ],
    ['commands on both sides', 'set -a; . /run/metadata/torcx; set +a\n', 'set -a; :; set +a\n'],
    ['a command that goes on', 'true &&\n. /run/metadata/torcx\nx\n', 'true &&\n:\nx\n'],
    ['own assignments', 'TORCX_IMAGEDIR=/zfs\nexport TORCX_BINDIR=/run/torcx/bin\nx\n', 'x\n'],
    ['an export list', 'export TORCX_BINDIR A TORCX_UNPACKDIR\n', 'export A\n'],
    [
      'search paths',
      'PATH=/var/run/torcx/bin:$PATH\nexport PATH="$TORCX_BINDIR:/opt/bin"\n',
      'PATH=$PATH\nexport PATH="/usr/bin:/opt/bin"\n',
    ],
    [
      'an indirection',
      'Z=$TORCX_UNPACKDIR/zfs\n"$Z/sbin/zpool" ${Z}/lib/modules\n',
      '"/usr/sbin/zpool" /usr/lib/modules\n',
    ],
    [
      'an indirection of two steps',
      'A="$TORCX_UNPACKDIR"\nB=$A/zfs\n$B/sbin/zpool\n',
      '/usr/sbin/zpool\n',
    ],
    [
      'a constant in the path',
      'F=lib/modules\nls $TORCX_UNPACKDIR/zfs/$F/x.ko\n',
      'F=lib/modules\nls /usr/lib/modules/x.ko\n',
    ],
    [
      'a computed file of a whole directory',
      'insmod $TORCX_UNPACKDIR/zfs/lib/modules/$(uname -r)/x.ko\n',
      'insmod /usr/lib/modules/$(uname -r)/x.ko\n',
    ],
    ['a pattern', 'ls /run/torcx/unpack/zfs/lib/*.ko\n', 'ls /usr/lib/*.ko\n'],
    [
      'a here-document',
      'cat <<EOF\n\\$TORCX_BINDIR/zfsd\nEOF\n',
      'cat <<EOF\n/usr/bin/zfsd\nEOF\n',
    ],
    [
      'a unit in a here-document',
      lines(
        "cat >x <<-'EOF'",
        '\t[Unit]',
        '\tRequires=torcx.target a.service',
        '\t[Service]',
        '\tEnvironmentFile=/run/metadata/torcx',
        '\tExecStart=/usr/bin/env PATH=\\${TORCX_BINDIR}:\\${PATH} \\${TORCX_BINDIR}/zfsd \\${A}',
        '\tEOF',
        '/run/torcx/bin/zpool',
      ),
      lines(
        "cat >x <<-'EOF'",
        '\t[Unit]',
        '\tRequires=a.service',
        '\t[Service]',
        '\tExecStart=/usr/bin/zfsd \\${A}',
        '\tEOF',
        '/usr/bin/zpool',
      ),
    ],
    [
      'a shift is no here-document',
      'a=$((1<<N))\n/run/torcx/bin/zfsd\n',
      'a=$((1<<N))\n/usr/bin/zfsd\n',
    ],
    ['an option', 'a -v /run/torcx/bin/zfsd:/bin/zfsd\n', 'a -v /usr/bin/zfsd:/bin/zfsd\n'],
    [
      'an image whose name is in a variable',
      '. /run/metadata/torcx\nI=zfs\nR="${TORCX_UNPACKDIR}/${I}"\nexec "$R/sbin/zpool"\n',
      'I=zfs\nexec "/usr/sbin/zpool"\n',
    ],
    [
      "a function's own variable",
      'f() {\n  local i r=1\n  i=$TORCX_UNPACKDIR/zfs\n  $i/sbin/zpool\n}\n',
      'f() {\n  local i r=1\n  /usr/sbin/zpool\n}\n',
    ],
    [
      'the seal within a quoted command',
      "bash -c 'source /run/metadata/torcx; $TORCX_BINDIR/zfsd'\nbash -c \". '/run/metadata/torcx'\"\n",
      'bash -c \':; /usr/bin/zfsd\'\nbash -c ":"\n',
    ],
    ['a comment', '# runs /run/torcx/bin/zfsd\n', '# runs /usr/bin/zfsd\n'],
  ])('%s', (_, before, after) => check('shell', before, after));

  test.each<[string, string, string[]]>([
    ['a computed image', 'rm -rf $TORCX_UNPACKDIR/$1\n', ['$TORCX_UNPACKDIR']],
    [
      'half of a line',
      'cp $TORCX_UNPACKDIR/$1 $TORCX_BINDIR/x\n',
      ['$TORCX_UNPACKDIR', '$TORCX_BINDIR/x'],
    ],
    [
      'a variable assigned twice',
      'Z=/run/torcx/unpack/zfs\nZ=/a\n$Z/sbin/zpool\n',
      ['/run/torcx/unpack/zfs'],
    ],
    [
      'a variable with an open use',
      'Z=/run/torcx/unpack/zfs\n$Z/sbin/zpool $Z\n',
      ['/run/torcx/unpack/zfs'],
    ],
    [
      'a variable of a branch',
      'if a; then\n  Z=/run/torcx/unpack/zfs\nfi\n$Z/sbin/zpool\n',
      ['/run/torcx/unpack/zfs'],
    ],
    [
      'an image whose name comes from elsewhere',
      'R=$TORCX_UNPACKDIR/$1\n$R/sbin/zpool\n',
      ['$TORCX_UNPACKDIR'],
    ],
    ['the seal as data', 'grep A /run/metadata/torcx\n', ['/run/metadata/torcx']],
    ['a longer test', '[ -f /run/metadata/torcx -a -f x ]\n', ['/run/metadata/torcx']],
    ['a variable by its name', 'printenv TORCX_BINDIR\n', ['TORCX_BINDIR']],
    ['all variables', 'env | grep ^TORCX_\n', ['TORCX_']],
    ['the target', 'systemctl start torcx.target\n', ['torcx.target']],
    ['a definition for others', 'ROOT=/run/torcx/unpack/zfs\n', ['/run/torcx/unpack/zfs']],
    [
      'an exported definition for others',
      'export F=/run/metadata/torcx\nzfsd\n',
      ['/run/metadata/torcx'],
    ],
    [
      'a file whose variables are used',
      'F=/run/metadata/torcx\n. "$F"\necho $TORCX_UPPER_PROFILE\n',
      ['/run/metadata/torcx', '$TORCX_UPPER_PROFILE'],
    ],
    ['a last word that is none', '[ -f /run/metadata/torcx ] && . "$_"\n', ['/run/metadata/torcx']],
    [
      'a question that had the answer no',
      'ROOT=$TORCX_UNPACKDIR/zfs\n[ -w "$ROOT" ] && exit\n',
      ['$TORCX_UNPACKDIR/zfs'],
    ],
  ])('left with a reason: %s', (_, text, left) => {
    const result = rewrite(text, 'shell');
    expect(result.text).toBe(text);
    expect(result.leftovers.map(leftover => leftover.text)).toEqual(left);
    for (const { reason } of result.leftovers) expect(reason).not.toBe('');
  });

  test('an exported variable that goes has a note, a name with a space has none', () => {
    const used = 'ROOT=/run/torcx/unpack/zfs\nexport PATH="$ROOT/sbin:$PATH"\n';
    expect(rewrite(used, 'shell').notes).toEqual([]);
    const exported = 'export ROOT=/run/torcx/unpack/zfs\n$ROOT/sbin/zpool\n';
    const gone = { line: 1, message: expect.stringContaining('ROOT is gone') };
    expect(rewrite(exported, 'shell').notes).toEqual([gone]);
    expect(rewrite('"$TORCX_BINDIR/my tool"\n', 'shell').notes).toEqual([]);
    expect(rewrite('"$TORCX_BINDIR/my other"\n', 'shell').notes).toHaveLength(1);
  });

  test.each([
    ['for f in /run/torcx/unpack/zfs/lib/*; do x; done\n', 1],
    ['cp -r $TORCX_UNPACKDIR/zfs/lib /target\n', 1],
    ['find "/run/torcx/unpack/zfs/usr/share" -type f\n', 1],
    ['docker run -v /run/torcx/unpack/zfs/lib:/host/lib:ro x\n', 1],
    ['docker run --mount type=bind,src=/run/torcx/unpack/zfs/lib,dst=/l x\n', 1],
    ['docker run -v /run/torcx/unpack/zfs/lib/modules/x.ko:/x x\n', 0],
    ['cp /run/torcx/unpack/zfs/lib/$f /target\n', 0],
    ['cp -r /run/torcx/unpack/zfs/opt/cni /target\n', 0],
    ['export LD_LIBRARY_PATH=/run/torcx/unpack/zfs/lib:/x\n', 0],
    ['export A=/run/torcx/unpack/zfs/lib\nexport B="$A"\n', 0],
  ])('%j has %i notes about what the whole system shares', (text, count) => {
    const { notes } = rewrite(text, 'shell');
    expect(notes.map(({ message }) => message)).toEqual(
      Array(count).fill(expect.stringContaining('holds the files of the whole system')),
    );
  });

  test('the seal is read as long as a variable of it is used', () => {
    // Without it `rm -rf $TORCX_UNPACKDIR/$1` would run with an empty directory.
    const text = '. /run/metadata/torcx\nrm -rf $TORCX_UNPACKDIR/$1\n/run/torcx/bin/zfsd\n';
    const result = rewrite(text, 'shell');
    expect(result.text).toBe('. /run/metadata/torcx\nrm -rf $TORCX_UNPACKDIR/$1\n/usr/bin/zfsd\n');
    expect(result.leftovers).toMatchObject([
      { line: 1, reason: expect.stringContaining('still used') },
      { line: 2, column: 8 },
    ]);
  });

  test('a leftover in a comment is marked', () => {
    expect(rewrite('# wants torcx.target\n', 'shell').leftovers).toMatchObject([
      { inComment: true },
    ]);
  });
});

describe('other texts', () => {
  test.each<[TextSyntax, string, string]>([
    [
      'udev',
      'PROGRAM="/run/torcx/bin/zfsd $env{X}", RUN+="/run/torcx/unpack/zfs/sbin/zpool"\n',
      'PROGRAM="/usr/bin/zfsd $env{X}", RUN+="/usr/sbin/zpool"\n',
    ],
    [
      'tmpfiles',
      'L+ /etc/zfs.conf - - - - /run/torcx/unpack/zfs/etc/zfs.conf\n',
      'L+ /etc/zfs.conf - - - - /usr/share/zfs/etc/zfs.conf\n',
    ],
    ['tmpfiles', 'd /run/x\nL /opt/cni - - - - /run/torcx/unpack/zfs/opt/cni\n', 'd /run/x\n'],
    [
      'json',
      '{"a":"/run/torcx/bin/zfsd","PATH":"/run/torcx/bin:/usr/bin"}',
      '{"a":"/usr/bin/zfsd","PATH":"/usr/bin"}',
    ],
    ['json', '{"a":"\\/run\\/torcx\\/bin\\/zfsd"}', '{"a":"\\/usr\\/bin\\/zfsd"}'],
    ['plain', 'TORCX_IMAGEDIR=/zfs\nLIB=/run/torcx/unpack/zfs/lib\n', 'LIB=/usr/lib\n'],
    ['plain', '[a]\r\npath = "/run/torcx/bin/zfsd"\r\n', '[a]\r\npath = "/usr/bin/zfsd"\r\n'],
    ['plain', 'path: ${TORCX_UNPACKDIR}/zfs/sbin/zpool', 'path: /usr/sbin/zpool'],
  ])('%s: %s', check);

  test('JSON on one line is rewritten as far as possible', () => {
    const result = rewrite('["/run/torcx/bin/zfsd","/run/torcx"]', 'json');
    expect(result.text).toBe('["/usr/bin/zfsd","/run/torcx"]');
    expect(result.leftovers).toMatchObject([{ text: '/run/torcx', line: 1, column: 19 }]);
  });
});

test.each<[string, string, TextSyntax]>([
  ['bin/x', '#!/usr/bin/env bash\n', 'shell'],
  ['bin/x', '#!/bin/sh -e\n', 'shell'],
  ['bin/x.sh', '#!/usr/bin/python3\n', 'plain'],
  ['etc/profile.d/x.sh', 'PATH=a\n', 'shell'],
  ['usr/lib/udev/rules.d/60-x.rules', '', 'udev'],
  ['usr/lib/tmpfiles.d/x.conf', '', 'tmpfiles'],
  ['etc/x.json', '{}', 'json'],
  ['etc/x.toml', '', 'plain'],
])('%s is read as its kind', (path, text, syntax) => {
  expect(textSyntax(path, text)).toBe(syntax);
});

const OWN = [
  'echo a',
  'if x; then',
  'fi',
  '# c',
  '',
  'A=1',
  '  $A/b',
  'cat <<EOF',
  'EOF',
  '[Unit]',
  'x &&',
  '{',
  '}',
];
const TORCX = [
  ...[
    '. /run/metadata/torcx',
    '  source /run/metadata/torcx',
    '/run/torcx/bin/zfsd',
    'Z=/run/torcx/unpack/zfs',
    '$Z/sbin/zpool',
  ],
  ...[
    'rm $TORCX_UNPACKDIR/$1',
    '[ -f /run/metadata/torcx ] || exit',
    'export TORCX_BINDIR',
    '# torcx.target',
    'After=torcx.target',
  ],
];

test.each<TextSyntax>(['shell', 'plain', 'json'])(
  'in %s only lines with Torcx change, once',
  syntax => {
    const texts = fc.array(fc.constantFrom(...OWN, ...TORCX), { maxLength: 16 });
    fc.assert(
      fc.property(texts, parts => {
        const text = parts.join('\n');
        const result = rewrite(text, syntax);
        const replayed = text.split('\n');
        for (const { line, before, after } of result.edits.toReversed()) {
          expect(before).toMatch(/torcx|TORCX_|\$Z/);
          expect(replayed[line - 1]).toBe(before);
          replayed.splice(line - 1, 1, ...(after === undefined ? [] : [after]));
        }
        expect(replayed.join('\n').trimEnd()).toBe(result.text.trimEnd());
      }),
    );
  },
);

test('a script that the shell accepts is accepted after it was rewritten', () => {
  const command = fc.constantFrom(
    ...[
      '. /run/metadata/torcx',
      'x',
      '[ -f /run/metadata/torcx ] && . /run/metadata/torcx',
      'export TORCX_BINDIR',
    ],
    ...[
      '[ -n "$TORCX_BINDIR" ] || exit 1',
      'TORCX_IMAGEDIR=/zfs',
      '$TORCX_BINDIR/zfsd "$@"',
      'PATH=$TORCX_BINDIR:$PATH',
    ],
  );
  const block = (opening: string, closing: string) =>
    fc.array(command, { minLength: 1, maxLength: 3 }).map(body => [opening, ...body, closing]);
  const script = fc.array(
    fc.oneof(
      command.map(line => [line]),
      block('if [ -f /run/metadata/torcx ]; then', 'fi'),
      block('for a in b; do', 'done'),
      block('f() {', '}'),
      block('case $1 in a)', ';; esac'),
      command.map(line => ['true &&', line]),
    ),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(script, parts => {
      check('shell', lines(...parts.flat()), rewrite(lines(...parts.flat()), 'shell').text);
    }),
    { numRuns: 150 },
  );
});

test('a here-document may have more lines than a call takes arguments', () => {
  const body = 'x\n'.repeat(200_000);
  const before = `cat <<E\n${body}E\n/run/torcx/bin/zfsd\n`;
  expect(rewriteText({ path: 'x', text: before, syntax: 'shell' }, sampleContext()).text).toBe(
    `cat <<E\n${body}E\n/usr/bin/zfsd\n`,
  );
});
