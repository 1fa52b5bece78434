import { describe, expect, test } from 'vitest';
import { type Answers, NO_ANSWERS } from '../../src/command-line/answers.ts';
import type { ConvertOptions } from '../../src/command-line/convert-options.ts';
import type { Terminals } from '../../src/command-line/display-options.ts';
import { longFlag, variableName } from '../../src/command-line/option-spec.ts';
import { OPTIONS } from '../../src/command-line/option-table.ts';
import { errorDisplay, parseCommandLine } from '../../src/command-line/options.ts';
import type { Environment } from '../../src/command-line/settings.ts';
import { ToolError } from '../../src/errors.ts';

const PIPES: Terminals = { stdin: false, stdout: false, stderr: false };
const TERMINALS: Terminals = { stdin: true, stdout: true, stderr: true };

const DEFAULTS: ConvertOptions = {
  mode: 'convert',
  archive: 'a.tgz',
  torcx: { name: 'a', reference: 'com.coreos.cl' },
  name: 'a',
  force: false,
  dryRun: false,
  reports: 'default',
  imageFormat: 'squashfs',
  compression: { name: 'zstd' },
  host: { id: 'flatcar', sysextLevel: '1.0' },
  architecture: 'auto',
  enable: [],
  noEnable: [],
  drop: [],
  keep: [],
  reloadManager: true,
  keepSelinux: false,
  verify: false,
  strict: false,
  sourceDateEpoch: 0,
  publish: { sums: false },
  display: {
    format: 'text',
    color: { stdout: false, stderr: false },
    progress: 'plain',
    verbosity: 'normal',
    asks: 'never',
  },
};

type Expected = Partial<Omit<ConvertOptions, 'display'>> & {
  readonly display?: Partial<ConvertOptions['display']>;
};

interface Case {
  readonly line: string;
  readonly env?: Environment;
  readonly terminals?: Terminals;
  readonly expected: Expected;
}

/** `line` is split at spaces; what is not in `expected` has its default. */
function check(cases: readonly Case[]) {
  test.each(cases)('$line $env', ({ line, env = {}, terminals = PIPES, expected }) => {
    const { display, ...others } = expected;
    expect(parseCommandLine(words(line), env, terminals)).toEqual({
      ...DEFAULTS,
      ...others,
      display: { ...DEFAULTS.display, ...display },
    });
  });
}

function words(line: string): string[] {
  return line.split(' ').filter(word => word !== '');
}

describe('archive and name', () => {
  check([
    { line: 'a.tgz', expected: {} },
    {
      line: '/x/docker:20.10.torcx.tgz',
      expected: {
        archive: '/x/docker:20.10.torcx.tgz',
        torcx: { name: 'docker', reference: '20.10' },
        name: 'docker',
      },
    },
    { line: 'a.tgz b', expected: { name: 'b' } },
    {
      line: '- b',
      expected: { archive: '-', name: 'b', torcx: { name: 'b', reference: 'com.coreos.cl' } },
    },
    {
      line: '--force -- -f.tgz b',
      expected: {
        archive: '-f.tgz',
        name: 'b',
        torcx: { name: '-f', reference: 'com.coreos.cl' },
        force: true,
      },
    },
  ]);
});

describe('options', () => {
  check([
    { line: '-o out a.tgz', expected: { output: 'out' } },
    { line: '-oout a.tgz', expected: { output: 'out' } },
    { line: '--output=out a.tgz', expected: { output: 'out' } },
    { line: 'a.tgz --output one --output two', expected: { output: 'two' } },
    { line: '-fn a.tgz', expected: { force: true, dryRun: true } },
    {
      line: '--report x.md --report y.json a.tgz',
      expected: {
        reports: [
          { path: 'x.md', format: 'markdown' },
          { path: 'y.json', format: 'json' },
        ],
      },
    },
    { line: '--no-report a.tgz', expected: { reports: [] } },
    { line: '--image-format directory a.tgz', expected: { imageFormat: 'directory' } },
    { line: '--image-format erofs a.tgz', expected: { imageFormat: 'erofs' } },
    { line: '--image-format ext4 a.tgz', expected: { imageFormat: 'ext4' } },
    { line: 'a.tgz', env: { FORMAT: 'btrfs' }, expected: { imageFormat: 'btrfs' } },
    { line: '--compression gzip a.tgz', expected: { compression: { name: 'gzip' } } },
    {
      line: '--compression zstd:22 a.tgz',
      expected: { compression: { name: 'zstd', level: 22 } },
    },
    { line: '--block-size 1M a.tgz', expected: { blockSize: 1_048_576 } },
    { line: '--block-size 256k a.tgz', expected: { blockSize: 262_144 } },
    { line: '--block-size 131072 a.tgz', expected: { blockSize: 131_072 } },
    { line: '--os debian a.tgz', expected: { host: { id: 'debian', sysextLevel: '1.0' } } },
    { line: '--os _any a.tgz', expected: { host: { id: '_any' } } },
    { line: '--sysext-level 2.0 a.tgz', expected: { host: { id: 'flatcar', sysextLevel: '2.0' } } },
    {
      line: '--os-version 3815.2.0 a.tgz',
      expected: { host: { id: 'flatcar', versionId: '3815.2.0' } },
    },
    {
      line: '--os-version 12 --sysext-level 1.0 a.tgz',
      expected: { host: { id: 'flatcar', sysextLevel: '1.0', versionId: '12' } },
    },
    { line: '--arch amd64 a.tgz', expected: { architecture: 'x86-64' } },
    { line: '--arch x86_64 a.tgz', expected: { architecture: 'x86-64' } },
    { line: '--arch aarch64 a.tgz', expected: { architecture: 'arm64' } },
    {
      line: '--enable a.service,b.socket --enable c.timer --enable a.service a.tgz',
      expected: { enable: ['a.service', 'b.socket', 'c.timer'] },
    },
    { line: '--no-enable x@1.service a.tgz', expected: { noEnable: ['x@1.service'] } },
    {
      line: '--drop ./bin/x --drop /lib/ --keep lib//y --drop bin/x --drop -z a.tgz',
      expected: { drop: ['bin/x', 'lib', '-z'], keep: ['lib/y'] },
    },
    {
      line: '--no-reload --keep-selinux a.tgz',
      expected: { reloadManager: false, keepSelinux: true },
    },
    {
      line: '--image-version 20.10.24+1 --sha256sums a.tgz',
      expected: { publish: { version: '20.10.24+1', sums: true } },
    },
    {
      line: '--image-version 1 --sysupdate https://e.com/x a.tgz',
      expected: { publish: { version: '1', sums: true, sysupdate: 'https://e.com/x' } },
    },
    { line: '--verify --strict --jobs 3 a.tgz', expected: { verify: true, strict: true, jobs: 3 } },
    { line: '--format json a.tgz', expected: { display: { format: 'json' } } },
    { line: '--output-file f a.tgz', expected: { display: { outputFile: 'f' } } },
    { line: '--progress bar a.tgz', expected: { display: { progress: 'bar' } } },
    { line: '-q a.tgz', expected: { display: { verbosity: 'quiet', progress: 'none' } } },
    {
      line: '-q --progress json a.tgz',
      expected: { display: { verbosity: 'quiet', progress: 'json' } },
    },
    { line: '-v a.tgz', expected: { display: { verbosity: 'verbose' } } },
  ]);
});

describe('the environment', () => {
  check([
    {
      line: 'a.tgz',
      env: { OS: 'debian' },
      expected: { host: { id: 'debian', sysextLevel: '1.0' } },
    },
    {
      line: 'a.tgz',
      env: { OS: '_any', ARCH: 'aarch64' },
      expected: { host: { id: '_any' }, architecture: 'arm64' },
    },
    { line: 'a.tgz', env: { FORMAT: 'directory' }, expected: { imageFormat: 'directory' } },
    { line: 'a.tgz', env: { FORMAT: '' }, expected: {} },
    {
      line: 'a.tgz',
      env: { ARCH: 'arm64', TORCX2SYSEXT_ARCH: 'amd64' },
      expected: { architecture: 'x86-64' },
    },
    { line: '--arch auto a.tgz', env: { TORCX2SYSEXT_ARCH: 'amd64', ARCH: 'arm64' }, expected: {} },
    {
      line: 'a.tgz',
      env: { TORCX2SYSEXT_FORMAT: 'json' },
      expected: { display: { format: 'json' } },
    },
    {
      line: 'a.tgz',
      env: { TORCX2SYSEXT_REPORT: 'x.md,y.json' },
      expected: {
        reports: [
          { path: 'x.md', format: 'markdown' },
          { path: 'y.json', format: 'json' },
        ],
      },
    },
    { line: '--no-report a.tgz', env: { TORCX2SYSEXT_REPORT: 'x.md' }, expected: { reports: [] } },
    {
      line: '--report x.md a.tgz',
      env: { TORCX2SYSEXT_NO_REPORT: '1' },
      expected: { reports: [{ path: 'x.md', format: 'markdown' }] },
    },
    {
      line: 'a.tgz',
      env: { TORCX2SYSEXT_FORCE: 'yes', TORCX2SYSEXT_STRICT: '0' },
      expected: { force: true },
    },
    {
      line: 'a.tgz',
      env: { TORCX2SYSEXT_ENABLE: 'a.service, b.socket' },
      expected: { enable: ['a.service', 'b.socket'] },
    },
    {
      line: 'a.tgz',
      env: { TORCX2SYSEXT_DROP: 'bin/x,lib' },
      expected: { drop: ['bin/x', 'lib'] },
    },
    {
      line: '-q a.tgz',
      env: { TORCX2SYSEXT_VERBOSE: '1' },
      expected: { display: { verbosity: 'quiet', progress: 'none' } },
    },
    {
      line: 'a.tgz',
      env: { SOURCE_DATE_EPOCH: '1700000000' },
      expected: { sourceDateEpoch: 1_700_000_000 },
    },
    {
      line: 'a.tgz',
      env: { SOURCE_DATE_EPOCH: '4294967295' },
      expected: { sourceDateEpoch: 4_294_967_295 },
    },
    { line: 'a.tgz', env: { SOURCE_DATE_EPOCH: '' }, expected: {} },
  ]);

  test('every option has a variable of its own', () => {
    const names = Object.values(OPTIONS).map(variableName);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain('TORCX2SYSEXT_OS_VERSION');
    expect(names.every(name => /^TORCX2SYSEXT_[A-Z\d_]+$/.test(name))).toBe(true);
  });
});

describe('terminals, colour and questions', () => {
  const both = { stdout: true, stderr: true };
  const neither = { stdout: false, stderr: false };
  const onTerminal = { color: both, progress: 'bar', asks: 'lines' } as const;
  check([
    { line: 'a.tgz', terminals: TERMINALS, expected: { display: onTerminal } },
    {
      line: 'a.tgz',
      env: { TERM: 'dumb' },
      terminals: TERMINALS,
      expected: { display: { ...onTerminal, color: neither, progress: 'plain' } },
    },
    {
      line: 'a.tgz',
      env: { NO_COLOR: '1' },
      terminals: TERMINALS,
      expected: { display: { ...onTerminal, color: neither } },
    },
    {
      line: 'a.tgz',
      env: { NO_COLOR: '' },
      terminals: TERMINALS,
      expected: { display: onTerminal },
    },
    { line: 'a.tgz', env: { NO_COLOR: '1', FORCE_COLOR: '1' }, expected: {} },
    { line: 'a.tgz', env: { FORCE_COLOR: '1' }, expected: { display: { color: both } } },
    {
      line: 'a.tgz',
      env: { FORCE_COLOR: '0' },
      terminals: TERMINALS,
      expected: { display: { ...onTerminal, color: neither } },
    },
    {
      line: '--color always a.tgz',
      env: { NO_COLOR: '1' },
      expected: { display: { color: both } },
    },
    {
      line: '--color never a.tgz',
      terminals: TERMINALS,
      expected: { display: { ...onTerminal, color: neither } },
    },
    {
      line: '--output-file f a.tgz',
      terminals: TERMINALS,
      expected: {
        display: { ...onTerminal, outputFile: 'f', color: { stdout: false, stderr: true } },
      },
    },
    {
      line: 'a.tgz',
      env: { CI: 'true' },
      terminals: TERMINALS,
      expected: { display: { ...onTerminal, asks: 'never' } },
    },
    {
      line: '--no-input a.tgz',
      terminals: TERMINALS,
      expected: { display: { ...onTerminal, asks: 'never' } },
    },
    {
      line: '--yes a.tgz',
      terminals: TERMINALS,
      expected: { display: { ...onTerminal, asks: 'never' } },
    },
    {
      line: 'a.tgz',
      env: { TERM: 'xterm' },
      terminals: TERMINALS,
      expected: { display: { ...onTerminal, asks: 'screens' } },
    },
    {
      line: '--plain a.tgz',
      env: { TERM: 'xterm' },
      terminals: TERMINALS,
      expected: { display: onTerminal },
    },
    // A variable that is set for all calls must not get in the way of one without a terminal.
    { line: 'a.tgz', env: { TORCX2SYSEXT_INTERACTIVE: '1' }, expected: {} },
    {
      line: 'a.tgz',
      terminals: { ...TERMINALS, stdin: false },
      expected: { display: { ...onTerminal, asks: 'never' } },
    },
  ]);
});

describe('what makes no sense', () => {
  test.each<{
    line: string;
    /** What `line` stands for where spaces do not split it. */
    argv?: readonly string[];
    env?: Environment;
    terminals?: Terminals;
    what: string;
    suggestion?: string;
  }>([
    {
      line: '',
      what: 'missing <archive>; no terminal to ask on',
      suggestion: 'torcx2sysext IMAGE.torcx.tgz NAME',
    },
    {
      line: '',
      env: { CI: 'true' },
      terminals: TERMINALS,
      what: 'missing <archive>; no terminal to ask on',
    },
    {
      line: '-',
      what: 'missing <name>; standard input has no file name',
      suggestion: 'torcx2sysext - NAME',
    },
    { line: 'a b c', what: "unexpected argument 'c'", suggestion: 'torcx2sysext --help' },
    { line: '--fromat json', what: "unknown option '--fromat'", suggestion: '--format' },
    { line: '--fromat=json', what: "unknown option '--fromat'", suggestion: '--format' },
    {
      line: '--inspect',
      what: 'missing <archive>; no terminal to ask on',
      suggestion: 'torcx2sysext --inspect IMAGE.torcx.tgz NAME',
    },
    {
      line: '--inspect -',
      what: 'missing <name>; standard input has no file name',
      suggestion: 'torcx2sysext --inspect - NAME',
    },
    { line: '--inspect --output b a.tgz', what: '--output has no effect with --inspect' },
    { line: '--inspect --jobs 2 a.tgz', what: '--jobs has no effect with --inspect' },
    {
      line: '--inspect --explain TX601 a.tgz',
      what: '--inspect and --explain exclude each other',
    },
    {
      line: '--list-rules a.tgz --inspect',
      what: '--inspect and --list-rules exclude each other',
    },
    {
      line: '--explain TX601',
      env: { TORCX2SYSEXT_COLOR: 'purple' },
      what: "invalid value 'purple' in TORCX2SYSEXT_COLOR: need auto, always or never",
    },
    {
      line: '',
      env: { TORCX2SYSEXT_EXPLAIN: 'TX601', TORCX2SYSEXT_LIST_RULES: '1' },
      what: 'TORCX2SYSEXT_EXPLAIN and TORCX2SYSEXT_LIST_RULES exclude each other',
    },
    {
      line: '--explain tx127',
      what: "no rule 'tx127'",
      suggestion: 'TX107, --list-rules',
    },
    {
      line: '--explain dynamic-elv',
      what: "no rule 'dynamic-elv'",
      suggestion: 'dynamic-elf, --list-rules',
    },
    { line: '--explain nonsense', what: "no rule 'nonsense'", suggestion: '--list-rules' },
    { line: '--explain TX601 a.tgz', what: "unexpected argument 'a.tgz'" },
    { line: '--list-rules a.tgz', what: "unexpected argument 'a.tgz'" },
    { line: '-fx a.tgz', what: "unknown option '-x'", suggestion: 'torcx2sysext --help' },
    { line: '--force=yes a.tgz', what: "option '--force' takes no value" },
    { line: 'a.tgz -o', what: "option '-o' needs a value" },
    {
      line: 'a.tgz a/b',
      what: "invalid name 'a/b': letters, digits, '.', '_', '-' only",
      suggestion: 'a-b',
    },
    {
      line: '--os _any --os-version 1 a.tgz',
      what: '--os _any matches every host; --os-version would have no effect',
    },
    {
      line: '--sysext-level 1 a.tgz',
      env: { OS: '_any' },
      what: '--os _any matches every host; --sysext-level would have no effect',
    },
    {
      line: '--drop bin/x --keep ./bin/x a.tgz',
      what: "'bin/x' is in --drop and in --keep",
    },
    {
      line: '--drop . a.tgz',
      what: "invalid value '.' for --drop: need a path in the archive",
    },
    {
      line: '--enable a.service --no-enable a.service a.tgz',
      what: "'a.service' is in --enable and in --no-enable",
    },
    {
      line: '--report a.md --no-report a.tgz',
      what: '--report and --no-report exclude each other',
    },
    { line: '-q -v a.tgz', what: '--quiet and --verbose exclude each other' },
    {
      line: 'a.tgz',
      env: { TORCX2SYSEXT_QUIET: '1', TORCX2SYSEXT_VERBOSE: '1' },
      what: 'TORCX2SYSEXT_QUIET and TORCX2SYSEXT_VERBOSE exclude each other',
    },
    {
      line: '--jobs 0 a.tgz',
      what: "invalid value '0' for --jobs: need a whole number from 1 to 256",
    },
    {
      line: '--jobs 1e2 a.tgz',
      what: "invalid value '1e2' for --jobs: need a whole number from 1 to 256",
    },
    {
      line: '--compression xz a.tgz',
      what: "invalid value 'xz' for --compression: need zstd[:1-22] or gzip[:1-9]",
    },
    {
      line: '--compression zstd:23 a.tgz',
      what: "invalid value 'zstd:23' for --compression: need zstd[:1-22] or gzip[:1-9]",
    },
    {
      line: '--compression gzip:0 a.tgz',
      what: "invalid value 'gzip:0' for --compression: need zstd[:1-22] or gzip[:1-9]",
    },
    {
      line: '--block-size 64K a.tgz',
      what: "invalid value '64K' for --block-size: need 128K, 256K, 512K or 1M",
    },
    {
      line: '--block-size 2M a.tgz',
      what: "invalid value '2M' for --block-size: need 128K, 256K, 512K or 1M",
    },
    {
      line: '--report a.txt a.tgz',
      what: "invalid value 'a.txt' for --report: need a file name that ends in .md or .json",
    },
    {
      line: '--format sarif a.tgz',
      what: '--format sarif needs --check',
    },
    {
      line: '--format jsno a.tgz',
      what: "invalid value 'jsno' for --format: need text, json, markdown, sarif or github",
    },
    {
      line: '--image-format direktory a.tgz',
      what: "invalid value 'direktory' for --image-format: need squashfs, directory, erofs, ext4, ext2 or btrfs",
      suggestion: 'directory',
    },
    {
      line: '--arch constructor a.tgz',
      what: "invalid value 'constructor' for --arch: need auto, x86-64 or arm64",
    },
    {
      line: '--enable docker a.tgz',
      what: "invalid value 'docker' for --enable: need names of units such as docker.socket",
    },
    {
      line: '--enable a.service,,b.service a.tgz',
      what: "invalid value '' for --enable: need names of units such as docker.socket",
    },
    {
      line: 'a.tgz',
      env: { FORMAT: 'xfs' },
      what: "invalid value 'xfs' in FORMAT: need squashfs, directory, erofs, ext4, ext2 or btrfs",
    },
    {
      line: 'a.tgz',
      env: { OS: 'Windows_NT' },
      what: "invalid value 'Windows_NT' in OS: need an ID as in /etc/os-release: a-z, 0-9, . _ -",
    },
    {
      line: 'a.tgz',
      env: { TORCX2SYSEXT_JOBS: 'many' },
      what: "invalid value 'many' in TORCX2SYSEXT_JOBS: need a whole number from 1 to 256",
    },
    {
      line: 'a.tgz',
      env: { TORCX2SYSEXT_FORCE: 'maybe' },
      what: "invalid value 'maybe' in TORCX2SYSEXT_FORCE: need 1 or 0",
    },
    {
      line: '--sysupdate https://e.com/ a.tgz',
      what: '--sysupdate needs --image-version: systemd-sysupdate tells versions by the file names',
    },
    ...[
      'e.com',
      'ftp://e.com/',
      'https:///x',
      'https://e.com/?x',
      'https://e.com/a b',
      "http://a'",
    ].map(url => ({
      argv: ['--image-version', '1', '--sysupdate', url, 'a.tgz'],
      line: url,
      what: `invalid value '${url}' for --sysupdate: need the address of a directory: http, https or file`,
    })),
    ...['', '-1', '.1', '1/2', '1 2', '1@v', '1%a', 'ü'].map(version => ({
      argv: [`--image-version=${version}`, 'a.tgz'],
      line: version,
      what: `invalid value '${version}' for --image-version: need a version: letters, digits, '.', '_', '+', '-', the first a letter or digit`,
    })),
    {
      line: '--image-format directory --sha256sums a.tgz',
      what: '--sha256sums is for image files; --image-format directory makes none',
    },
    {
      line: '--image-format directory --image-version 1 a.tgz',
      what: '--image-version is for image files; --image-format directory makes none',
    },
    {
      line: '--image-format ext4 --compression gzip a.tgz',
      what: '--compression is for squashfs; ext4 images have none to choose',
    },
    {
      line: '--image-format erofs --block-size 1M a.tgz',
      what: '--block-size is for squashfs; erofs images have none to choose',
    },
    { line: '--bake', what: 'missing <directory> for --bake' },
    { line: '--bake -', what: '--bake reads a directory, not standard input' },
    { line: '--bake /', what: "'/' has no name for the extension" },
    { line: '--bake a b c', what: "unexpected argument 'c'" },
    { line: '--bake a/.b', what: "invalid name '.b': must not start with '.'" },
    { line: '--bake a --keep x', what: '--keep has no effect with --bake' },
    { line: '--bake a --no-enable x.service', what: '--no-enable has no effect with --bake' },
    { line: '--bake a --diff', what: '--diff needs --check' },
    { line: '--bake a --inspect', what: '--inspect and --bake exclude each other' },
    { line: '--reload a.tgz', what: '--reload needs --bake' },
    { line: '--check --sha256sums', what: '--sha256sums has no effect with --check' },
    { line: '--inspect --sha256sums a.tgz', what: '--sha256sums has no effect with --inspect' },
    {
      line: 'a.tgz',
      env: { SOURCE_DATE_EPOCH: '4294967296' },
      what: "invalid value '4294967296' in SOURCE_DATE_EPOCH: need a whole number from 0 to 4294967295",
    },
    {
      line: 'a.tgz',
      env: { SOURCE_DATE_EPOCH: '-1' },
      what: "invalid value '-1' in SOURCE_DATE_EPOCH: need a whole number from 0 to 4294967295",
    },
    {
      line: '-i a.tgz',
      what: '--interactive needs a terminal as standard input and as standard output',
    },
    {
      line: '-i --check',
      terminals: { ...TERMINALS, stdout: false },
      what: '--interactive needs a terminal as standard input and as standard output',
    },
    {
      line: '-i a.tgz',
      env: { CI: '1' },
      terminals: TERMINALS,
      what: '--interactive, but CI is set: nobody is there to ask',
    },
    {
      line: '-i --no-input',
      terminals: TERMINALS,
      what: '--interactive and --no-input exclude each other',
    },
    {
      line: '-i --yes',
      terminals: TERMINALS,
      what: '--interactive and --yes exclude each other',
    },
    {
      line: '-i --dry-run a.tgz',
      terminals: TERMINALS,
      what: '--dry-run has no effect with --interactive',
    },
    {
      line: '-i --format json',
      terminals: TERMINALS,
      what: '--format has no effect with --interactive',
    },
    {
      line: '-i - b',
      terminals: TERMINALS,
      what: 'standard input is the terminal that answers come from',
    },
    { line: '-i a b c', terminals: TERMINALS, what: "unexpected argument 'c'" },
    {
      line: '-i --jobs x',
      terminals: TERMINALS,
      what: "invalid value 'x' for --jobs: need a whole number from 1 to 256",
    },
    {
      line: '--docker 24.0.9 -i',
      terminals: TERMINALS,
      what: '--interactive has no effect with --docker',
    },
    { line: '--dry-run', terminals: TERMINALS, what: 'missing <archive>' },
    {
      line: '--list-rules --plain',
      what: '--plain has no effect with --list-rules',
    },
  ])('$line $env → $what', ({ line, argv, env = {}, terminals = PIPES, what, suggestion }) => {
    const parse = () => parseCommandLine(argv ?? words(line), env, terminals);
    expect(parse).toThrow(ToolError);
    try {
      parse();
    } catch (error) {
      expect(error).toMatchObject({ code: 'usage', facts: { what } });
      if (suggestion !== undefined) expect(error).toMatchObject({ facts: { suggestion } });
    }
  });
});

describe('the wizard', () => {
  const { display } = DEFAULTS;
  const asking = {
    ...display,
    asks: 'screens',
    color: { stdout: true, stderr: true },
    progress: 'bar',
  };
  test.each<{ line: string; env?: Environment; answers: Partial<Answers>; asks?: 'lines' }>([
    { line: '', answers: {} },
    { line: '-i a.tgz b', answers: { archive: 'a.tgz', name: 'b' } },
    { line: '-i', env: { TERM: 'dumb' }, answers: {}, asks: 'lines' },
    { line: '--plain', answers: {}, asks: 'lines' },
    { line: 'a.tgz', env: { TORCX2SYSEXT_INTERACTIVE: '1' }, answers: { archive: 'a.tgz' } },
    {
      line: '-i --compression zstd:19 --block-size 1M -o x --os _any --arch amd64 --jobs 2 --strict',
      answers: {
        ...{ compression: 'zstd:19', blockSize: '1M', output: 'x', os: '_any', arch: 'amd64' },
        ...{ jobs: '2', strict: true },
      },
    },
    {
      line: '--enable a.service,b.socket --drop ./bin/ --keep bin/x --report r.md --report r.json',
      env: { OS: 'debian', TORCX2SYSEXT_NO_RELOAD: '1', TORCX2SYSEXT_FORCE: '0' },
      answers: {
        ...{ enable: ['a.service', 'b.socket'], drop: ['bin'], keep: ['bin/x'], os: 'debian' },
        ...{ report: ['r.md', 'r.json'], noReload: true },
      },
    },
  ])('$line $env', ({ line, env = {}, answers, asks }) => {
    const command = parseCommandLine(words(line), { TERM: 'xterm', ...env }, TERMINALS);
    const plain = { ...asking, asks: 'lines' };
    const dumb = { ...plain, color: { stdout: false, stderr: false }, progress: 'plain' };
    expect(command).toEqual({
      mode: 'wizard',
      answers: { ...NO_ANSWERS, ...answers },
      display: asks === undefined ? asking : env.TERM === 'dumb' ? dumb : plain,
    });
  });

  test.each<{ line: string; env?: Environment; isBrowsed: boolean }>([
    { line: '--inspect a.tgz', isBrowsed: true },
    { line: '--inspect a.tgz -i', isBrowsed: true },
    { line: '--inspect a.tgz --format text', isBrowsed: false },
    { line: '--inspect a.tgz --output-file f', isBrowsed: false },
    { line: '--inspect a.tgz --plain', isBrowsed: false },
    { line: '--inspect a.tgz --no-input', isBrowsed: false },
    { line: '--inspect - a', isBrowsed: false },
    { line: '--inspect a.tgz', env: { CI: 'true' }, isBrowsed: false },
  ])('$line $env is looked at on screens: $isBrowsed', ({ line, env = {}, isBrowsed }) => {
    const command = parseCommandLine(words(line), { TERM: 'xterm', ...env }, TERMINALS);
    if (command.mode !== 'inspect') throw new Error(`got ${command.mode}`);
    const answers = { ...NO_ANSWERS, archive: 'a.tgz' };
    expect(command.browse).toEqual(isBrowsed ? answers : undefined);
  });

  test.each([
    ['--check', false],
    ['--check -i', true],
  ])('%s browses the findings: %s', (line, interactive) => {
    expect(parseCommandLine(words(line), {}, TERMINALS)).toMatchObject({ interactive });
  });
});

describe('the other modes', () => {
  const { display } = DEFAULTS;
  const {
    name,
    torcx,
    host,
    architecture,
    enable,
    noEnable,
    drop,
    keep,
    reloadManager,
    keepSelinux,
  } = DEFAULTS;
  const image = {
    name,
    torcx,
    host,
    architecture,
    enable,
    noEnable,
    drop,
    keep,
    reloadManager,
    keepSelinux,
  };
  const inspect = {
    mode: 'inspect',
    archive: 'a.tgz',
    ...image,
    strict: false,
    force: false,
    display,
  };

  const { reports, imageFormat, compression, verify, sourceDateEpoch, publish } = DEFAULTS;
  const bake = {
    mode: 'bake',
    directory: 'x/mytool',
    name: 'mytool',
    ...{ reports, imageFormat, compression, verify, sourceDateEpoch, publish },
    dryRun: false,
    strict: false,
    force: false,
    architecture: 'auto',
    reload: 'auto',
    enable: [],
    keepSelinux: false,
    display,
  };

  test.each<{ line: string; env?: Environment; expected: object }>([
    { line: '--inspect a.tgz', expected: inspect },
    { line: 'a.tgz --inspect b', expected: { ...inspect, name: 'b' } },
    { line: 'a.tgz', env: { TORCX2SYSEXT_INSPECT: '1' }, expected: inspect },
    // A variable that is set for all calls must not get in the way of one.
    { line: '--inspect a.tgz', env: { TORCX2SYSEXT_OUTPUT: 'b' }, expected: inspect },
    {
      line: '--inspect --strict --arch arm64 --format json a.tgz',
      expected: {
        ...inspect,
        strict: true,
        architecture: 'arm64',
        display: { ...display, format: 'json' },
      },
    },
    { line: '--bake x/mytool', expected: bake },
    { line: '--bake=x/mytool', expected: bake },
    { line: 'x/mytool --bake', expected: bake },
    { line: '--bake x/mytool/ b', expected: { ...bake, directory: 'x/mytool/', name: 'b' } },
    { line: 'x/mytool', env: { TORCX2SYSEXT_BAKE: '1' }, expected: bake },
    {
      line: '--bake --os-version 12 --enable a.service,b.socket --enable a.service x/mytool',
      expected: {
        ...bake,
        host: { id: 'flatcar', versionId: '12' },
        enable: ['a.service', 'b.socket'],
      },
    },
    {
      line: '--bake x/mytool',
      env: { OS: '_any', ARCH: 'amd64', RELOAD: '1', SOURCE_DATE_EPOCH: '7' },
      expected: {
        ...bake,
        host: { id: '_any' },
        architecture: 'x86-64',
        reload: 'always',
        sourceDateEpoch: 7,
      },
    },
    { line: '--bake x/mytool', env: { RELOAD: '0' }, expected: { ...bake, reload: 'never' } },
    { line: '--bake --reload x/mytool', expected: { ...bake, reload: 'always' } },
    {
      line: '--bake --no-reload --source-date-epoch 5 --keep-selinux x/mytool',
      env: { RELOAD: '1', SOURCE_DATE_EPOCH: '7' },
      expected: { ...bake, reload: 'never', sourceDateEpoch: 5, keepSelinux: true },
    },
    { line: '--list-rules', expected: { mode: 'list-rules', force: false, display } },
    {
      line: '--explain TX601',
      env: { TORCX2SYSEXT_INSPECT: '1' },
      expected: { mode: 'explain', rule: 'TX601', force: false, display },
    },
    {
      line: '--explain tx601',
      expected: { mode: 'explain', rule: 'TX601', force: false, display },
    },
    {
      line: '--explain=missing-library',
      expected: { mode: 'explain', rule: 'TX602', force: false, display },
    },
  ])('$line $env', ({ line, env = {}, expected }) => {
    expect(parseCommandLine(words(line), env, PIPES)).toEqual(expected);
  });
});

describe('help and version', () => {
  test.each([
    '--help',
    '-h',
    '--help a b c d',
    '--nonsense --help',
    '-f --help --version',
    '--docker --help',
    '--check --explain --help',
  ])('%s', line => {
    const command = parseCommandLine(words(line), {}, PIPES);
    if (command.mode !== 'help') throw new Error(`got ${command.mode}`);
    expect(command.text.split('\n').filter(row => row.length > 80)).toEqual([]);
    expect(command.text.indexOf('Examples:')).toBeLessThan(command.text.indexOf('Usage:'));
    for (const spec of Object.values(OPTIONS)) expect(command.text).toContain(longFlag(spec));
  });

  test.each(['--version', '-V'])('%s', line => {
    expect(parseCommandLine([line], {}, PIPES)).toEqual({
      mode: 'version',
      text: expect.stringMatching(/^torcx2sysext \d+\.\d+\.\d+\n$/),
    });
  });
});

describe('how an error is shown', () => {
  test.each<[string, Environment, string, boolean]>([
    ['--format json --fromat', {}, 'json', false],
    ['--fromat x --format json', {}, 'json', false],
    ['--format json --jobs none', {}, 'json', false],
    ['--format json --color purple', {}, 'json', false],
    ['--format nonsense', {}, 'text', false],
    ['', { TORCX2SYSEXT_FORMAT: 'json' }, 'json', false],
    ['--color always --jobs none', {}, 'text', true],
    ['-o', {}, 'text', false],
  ])('%s %j', (line, env, format, color) => {
    const display = errorDisplay(words(line), env, PIPES);
    expect(display).toMatchObject({ format, color: { stderr: color } });
  });
});
