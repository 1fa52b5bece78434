import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import {
  type ErrorCode,
  type ErrorFacts,
  EXIT_CODES,
  exitCodeOf,
  ToolError,
} from '../../src/errors.ts';
import { errorJson, errorText } from '../../src/ui/error-text.ts';
import { styleFor } from '../../src/ui/style.ts';

const PLAIN = { style: styleFor({ color: false }), verbose: false };

/** A code without a row does not compile. */
type Cases = { readonly [C in ErrorCode]: readonly (readonly [ErrorFacts[C], string])[] };

const CASES: Cases = {
  usage: [
    [
      {
        what: 'missing <archive>; no terminal to ask on',
        suggestion: 'torcx2sysext IMAGE.torcx.tgz NAME',
      },
      'missing <archive>; no terminal to ask on\n  try: torcx2sysext IMAGE.torcx.tgz NAME',
    ],
    [{ what: "unexpected argument 'x'" }, "unexpected argument 'x'"],
  ],
  'input-missing': [
    [
      { path: 'imge.tgz', similar: 'image.tgz' },
      "no such file 'imge.tgz'\n  try: image.tgz (similar name in this directory)",
    ],
    [{ path: 'imge.tgz' }, "no such file 'imge.tgz'"],
    [{ path: 'a.tgz', target: 'b.tgz' }, "'a.tgz' is a link to 'b.tgz', which does not exist"],
  ],
  'input-unreadable': [
    [{ path: 'a.tgz', reason: 'permission denied' }, "cannot read 'a.tgz': permission denied"],
  ],
  'input-is-directory': [
    [
      { path: 'image/' },
      "'image/' is a directory, need an archive\n  try: --check for a configuration tree",
    ],
  ],
  'input-not-directory': [
    [
      { path: 'a.tgz' },
      "'a.tgz' is no directory, need one that holds usr or opt\n  try: without --bake for a Torcx image",
    ],
  ],
  'input-empty': [
    [{ path: 'image.tgz' }, "'image.tgz' is empty (0 bytes); interrupted download?"],
    [{ path: '-' }, 'standard input is empty (0 bytes); interrupted download?'],
  ],
  'input-not-archive': [
    [
      { path: 'image.tgz', kind: 'an HTML page', suggestion: 'download again with curl -fL' },
      "'image.tgz' is an HTML page, not an archive\n  try: download again with curl -fL",
    ],
  ],
  'already-sysext': [
    [
      { path: 'docker.raw', extensionRelease: 'extension-release.docker' },
      "'docker.raw' is already a sysext (has extension-release.docker)",
    ],
  ],
  'input-changed': [
    [
      { path: 'a.tgz' },
      "'a.tgz' changed while it was read; nothing was written\n  try: again, when nothing writes to it any more",
    ],
  ],
  'download-failed': [
    [
      {
        url: 'https://a.example/b/c.tgz',
        reason: 'the server answers 404',
        attempts: 1,
        status: 404,
      },
      'cannot download https://a.example/b/c.tgz: the server answers 404\n  try: a version that https://a.example/b/ lists',
    ],
    [
      { url: 'https://a.example/c.tgz', reason: 'connection lost', attempts: 5 },
      'cannot download https://a.example/c.tgz: connection lost (5 attempts)\n  try: download it in another way, and give the file in place of the version',
    ],
  ],
  'checksum-mismatch': [
    [
      { path: 'a.tgz', expected: '00', actual: 'ff' },
      "'a.tgz' is not what --sha256 says; nothing was unpacked\n  why: SHA-256 is ff, not 00",
    ],
  ],
  'archive-truncated': [
    [
      { at: 13_002_342, entry: 31, lastGood: 'bin/ctr' },
      'archive ends early at 12.4 MiB, entry 31; last good entry bin/ctr\n  try: download or copy the archive again',
    ],
    [
      { at: 100, entry: 1 },
      'archive ends early at 100 bytes, entry 1\n  try: download or copy the archive again',
    ],
  ],
  'archive-corrupt': [
    [
      { at: 1024, entry: 2, reason: 'header checksum does not match' },
      'archive is damaged at 1 KiB, entry 2\n  why: header checksum does not match\n  try: download or copy the archive again',
    ],
  ],
  'archive-too-large': [
    [
      { what: 'the inflated archive', limit: 2 ** 36 },
      'the inflated archive is over the limit of 64 GiB; nothing was written',
    ],
    [
      { what: 'the number of entries', limit: '100000' },
      'the number of entries is over the limit of 100000; nothing was written',
    ],
  ],
  'unsafe-entry': [
    [
      { entry: '../../etc/passwd', reason: 'leaves the image' },
      "unsafe entry '../../etc/passwd' leaves the image (TX612); nothing was written",
    ],
    [
      { entry: 'bin/a', reason: 'is a link', suggestion: '--drop bin/a' },
      "unsafe entry 'bin/a' is a link (TX612); nothing was written\n  try: --drop bin/a",
    ],
  ],
  'manifest-broken': [
    [
      { line: 3, column: 12, reason: "expected ',' or '}'" },
      ".torcx/manifest.json:3:12 expected ',' or '}'\n  why: Torcx refused an image with such a manifest; what it meant to activate is unknown",
    ],
    [
      { reason: 'kind is missing' },
      '.torcx/manifest.json kind is missing\n  why: Torcx refused an image with such a manifest; what it meant to activate is unknown',
    ],
  ],
  'not-convertible': [
    [
      { reason: 'no files', suggestion: 'another archive' },
      'cannot become an extension: no files\n  try: another archive',
    ],
  ],
  'mixed-architecture': [
    [
      { architectures: ['x86-64', 'arm64'] },
      "binaries of several architectures: x86-64, arm64 (TX609)\n  why: systemd compares an extension's one ARCHITECTURE with the host's\n  try: --arch with the architecture of your hosts",
    ],
  ],
  'wrong-architecture': [
    [
      { path: 'docker/docker', architecture: 'arm64', wanted: 'x86-64' },
      'docker/docker is built for arm64, not for x86-64\n  try: --arch arm64, if your hosts are such machines',
    ],
  ],
  'output-exists': [
    [
      { path: './docker.raw', size: 56_623_104, mtime: new Date('2026-11-20T23:59:59Z') },
      "'./docker.raw' exists (54 MiB, 2026-11-20)\n  try: --force, or -o other.raw",
    ],
    [
      { path: 'docker.report.md', size: 5, mtime: new Date('2026-11-20T23:59:59Z') },
      "'docker.report.md' exists (5 bytes, 2026-11-20)\n  try: --force, or another name",
    ],
  ],
  'output-unwritable': [
    [{ path: '/x', reason: 'permission denied' }, "cannot write '/x': permission denied"],
  ],
  'output-locked': [
    [
      { path: 'a b/SHA256SUMS', lock: 'a b/.SHA256SUMS.lock' },
      "cannot write 'a b/SHA256SUMS': another run does, or was killed while it did\n" +
        "  why: 'a b/.SHA256SUMS.lock' is there\n" +
        "  try: rm 'a b/.SHA256SUMS.lock', when nothing else publishes there",
    ],
  ],
  'no-space': [
    [
      { path: '/srv/x.raw', temporaryRemoved: true, oldFileKept: true },
      'no space left on /srv/x.raw; temporary file removed, old file kept',
    ],
    [
      { path: '/var/tmp', suggestion: 'TMPDIR=DIRECTORY' },
      'no space left on /var/tmp\n  try: TMPDIR=DIRECTORY',
    ],
  ],
  'self-check-failed': [
    [
      { reason: '/usr: mode is 0700' },
      'the new image failed its check: /usr: mode is 0700; it was removed\n  why: this is a defect of torcx2sysext, or of the disk\n  try: report it with -v',
    ],
  ],
  strict: [
    [{ warnings: 1 }, '1 warning, and --strict makes them fail\n  try: --dry-run shows them'],
    [{ warnings: 2 }, '2 warnings, and --strict makes them fail\n  try: --dry-run shows them'],
  ],
  'path-missing': [[{ path: '/nope' }, "no such path '/nope'; nothing was checked"]],
  'nothing-to-check': [[{ paths: ['/etc', 'b'] }, "no files in '/etc', 'b'; nothing was checked"]],
  incomplete: [
    [
      {
        files: 214,
        unreadable: [
          { path: '/etc/shadow', reason: 'permission denied' },
          { path: '/etc/x', reason: 'input/output error' },
        ],
        unparsed: [],
      },
      '2 of 214 files unreadable (first: /etc/shadow); result is incomplete\n  why: permission denied\n  try: sudo',
    ],
    [
      { files: 1, unreadable: [{ path: 'x', reason: 'input/output error' }], unparsed: [] },
      '1 of 1 file unreadable (first: x); result is incomplete\n  why: input/output error',
    ],
    [
      {
        files: 9,
        unreadable: [],
        unparsed: [{ path: '/etc/torcx/profiles/a.json', reason: "3:12 expected ',' or '}'" }],
      },
      "/etc/torcx/profiles/a.json:3:12 expected ',' or '}' (TX106); other files were checked",
    ],
  ],
  'fix-failed': [
    [
      { files: 5, failed: [{ path: '/etc/x', reason: 'read-only file system' }] },
      '1 of 5 files not changed (first: /etc/x)\n  why: read-only file system',
    ],
  ],
  'no-memory': [
    [
      { what: 'the threads', suggestion: '--jobs 1' },
      'not enough memory for the threads\n  try: --jobs 1',
    ],
  ],
  'thread-lost': [
    [
      { reason: 'ended with code 1' },
      'a compression thread ended with code 1; nothing was written\n  try: --jobs 1, and report it with -v',
    ],
  ],
  'tool-missing': [[{ what: 'zstd', suggestion: 'Node 22' }, 'zstd is missing\n  try: Node 22']],
  interrupted: [
    [{ signal: 2, temporaryRemoved: true }, 'interrupted (SIGINT); temporary file removed'],
    [{ signal: 31 }, 'interrupted (signal 31)'],
  ],
};

describe.each(Object.keys(CASES).filter(isErrorCode))('%s', code => {
  check(code);
});

function check<C extends ErrorCode>(code: C) {
  const cases: Cases[C] = CASES[code];
  test.each(cases.map(([facts, expected]) => ({ facts, expected })))(
    'says $expected',
    ({ facts, expected }) => {
      const error = new ToolError(code, facts);
      expect(errorText(error, PLAIN)).toBe(`torcx2sysext: error: ${expected}\n`);
      expect(errorText(error, { ...PLAIN, verbose: true })).not.toContain('error-text.test');
      const [message, ...details] = expected.split('\n');
      const detail = (name: string) =>
        details.filter(line => line.startsWith(`  ${name}: `)).map(line => [name, line.slice(7)]);
      expect(JSON.parse(errorJson(error))).toEqual({
        error: {
          code,
          exitCode: exitCodeOf(error),
          message,
          ...Object.fromEntries([...detail('why'), ...detail('try')]),
        },
      });
    },
  );
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(EXIT_CODES, code);
}

test('neither form lets a name act on the terminal', () => {
  const error = new ToolError('input-missing', { path: 'a\u001b\u202eb' });
  expect(errorText(error, PLAIN)).toContain("no such file 'a\\x1b\\u202eb'");
  const json = errorJson(error);
  expect(json).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u);
  expect(JSON.parse(json)).toEqual({
    error: { code: 'input-missing', exitCode: 4, message: "no such file 'a\u001b\u202eb'" },
  });
});

describe('a defect of the program', () => {
  const error = new TypeError('x is undefined', { cause: new Error('the reason') });

  test('shows no inner workings', () => {
    expect(errorText(error, PLAIN)).toBe(
      'torcx2sysext: error: internal error\n  try: report it with -v\n',
    );
    expect(JSON.parse(errorJson(error))).toEqual({
      error: {
        code: 'internal',
        exitCode: 70,
        message: 'internal error',
        try: 'report it with -v',
      },
    });
  });

  test('says what the system refuses', () => {
    const refused = Object.assign(new Error('EMFILE: too many open files'), { syscall: 'open' });
    expect(errorText(refused, PLAIN)).toContain('why: EMFILE: too many open files\n');
  });

  test.each([
    [
      'stack and cause',
      error,
      ['TypeError: x is undefined', 'error-text.test', 'Error: the reason'],
    ],
    ['something that is no error', 'just text\u001b', ['just text\\x1b']],
  ])('with -v: %s', (_, thrown, parts) => {
    const text = errorText(thrown, { ...PLAIN, verbose: true });
    for (const part of parts) expect(text).toContain(part);
  });

  test('ends even when its causes go round', () => {
    const loop = new Error('loop');
    loop.cause = loop;
    expect(errorText(loop, { ...PLAIN, verbose: true })).toContain('loop');
  });
});

test('colour only adds to the text', () => {
  const error = new ToolError('usage', { what: 'w' });
  const coloured = errorText(error, { style: styleFor({ color: true }), verbose: false });
  expect(coloured).toContain('\u001b[31merror\u001b[0m');
  expect(stripVTControlCharacters(coloured)).toBe(errorText(error, PLAIN));
});

test.each([
  [new ToolError('interrupted', { signal: 2 }), 130],
  [new ToolError('interrupted', { signal: 15 }), 143],
  [new ToolError('strict', { warnings: 1 }), 1],
  [new Error('x'), 70],
  ['thrown text', 70],
])('%s exits %i', (error, expected) => {
  expect(exitCodeOf(error)).toBe(expected);
});
