import { IMAGE_FORMATS } from '../image-format.ts';
import {
  blockSize,
  choice,
  compression,
  directoryPath,
  directoryUrl,
  entryPath,
  filePath,
  httpUrl,
  imageUrl,
  matching,
  type ReadValue,
  releaseVersion,
  reportFile,
  ruleId,
  rulePrefixes,
  sha256Sum,
  unitNames,
  wholeNumber,
  yesOrNo,
} from './option-values.ts';

/** Where Docker publishes its static releases. */
export const RELEASES = 'https://download.docker.com/linux/static/stable';

/** One option of the command line and of the environment. */
export interface OptionSpec<T> {
  /** `-o, --output <path>`; without a `<value>` the option is a switch. */
  readonly flags: string;
  readonly help: string;
  readonly group: string;
  readonly read: ReadValue<T>;
  /** The variable that the old shell scripts took for it. */
  readonly shortVariable?: string;
  /** The variable may hold several values with commas between them. */
  readonly list?: boolean;
}

const MODE = 'Instead of a conversion:';
const CONVERSION = 'Conversion:';
const DOCKER = "Docker's release (--docker):";
const PUBLISHING = 'Publishing:';
const AUDIT = 'Audit (--check):';
const OUTPUT = 'Output:';
const INTERACTION = 'Interaction:';

export const OPTIONS = {
  inspect: {
    flags: '--inspect',
    help: 'say what is in the archive and how it would convert; write no image',
    group: MODE,
    read: yesOrNo,
  },
  check: {
    flags: '--check [path]',
    help: 'audit files and directories for what depends on Torcx (default: /etc)',
    group: MODE,
    read: yesOrNo,
  },
  docker: {
    flags: '--docker <version>',
    help: "an image of Docker's static release, such as 28.5.1, which is downloaded, or a file with it",
    group: MODE,
    read: filePath,
  },
  bake: {
    flags: '--bake [directory]',
    help: 'make an extension of a directory tree that holds usr or opt',
    group: MODE,
    read: yesOrNo,
  },
  ensureSysext: {
    flags: '--ensure-sysext',
    help: 'print a unit for other distributions that starts what extensions bring',
    group: MODE,
    read: yesOrNo,
  },
  explain: {
    flags: '--explain <rule>',
    help: 'what a rule such as TX601 means, and what to do about it',
    group: MODE,
    read: ruleId,
  },
  listRules: {
    flags: '--list-rules',
    help: 'all rules with their severity',
    group: MODE,
    read: yesOrNo,
  },
  completion: {
    flags: '--completion <shell>',
    help: 'a script for bash, zsh or fish that completes command lines',
    group: MODE,
    read: choice(['bash', 'zsh', 'fish']),
  },
  output: {
    flags: '-o, --output <path>',
    help: 'the image (default: ./NAME.raw), or a directory for it',
    group: CONVERSION,
    read: filePath,
  },
  force: {
    flags: '-f, --force',
    help: 'replace files that exist',
    group: CONVERSION,
    read: yesOrNo,
  },
  dryRun: {
    flags: '-n, --dry-run',
    help: 'show what would be done, write nothing',
    group: CONVERSION,
    read: yesOrNo,
  },
  report: {
    flags: '--report <path>',
    help: 'where a report goes, .md or .json; repeatable (default: NAME.report.md and NAME.report.json beside the image)',
    group: CONVERSION,
    read: reportFile,
    list: true,
  },
  noReport: {
    flags: '--no-report',
    help: 'write no report',
    group: CONVERSION,
    read: yesOrNo,
  },
  imageFormat: {
    flags: '--image-format <format>',
    help: "squashfs, directory, or erofs, ext4, ext2, btrfs by these file systems' own programs (default: squashfs)",
    group: CONVERSION,
    read: choice(IMAGE_FORMATS),
    shortVariable: 'FORMAT',
  },
  compression: {
    flags: '--compression <method>',
    help: 'zstd[:1-22] or gzip[:1-9] (default: zstd)',
    group: CONVERSION,
    read: compression,
  },
  blockSize: {
    flags: '--block-size <size>',
    help: '128K, 256K, 512K or 1M (default: 128K)',
    group: CONVERSION,
    read: blockSize,
  },
  os: {
    flags: '--os <id>',
    help: 'ID of the host in /etc/os-release, or _any (default: flatcar)',
    group: CONVERSION,
    read: matching(/^[a-z0-9._-]+$/, 'an ID as in /etc/os-release: a-z, 0-9, . _ -'),
    shortVariable: 'OS',
  },
  sysextLevel: {
    flags: '--sysext-level <level>',
    help: 'SYSEXT_LEVEL of the host (default: 1.0)',
    group: CONVERSION,
    read: matching(/^[a-z0-9._-]+$/, 'a level as in /etc/os-release: a-z, 0-9, . _ -'),
  },
  osVersion: {
    flags: '--os-version <version>',
    help: 'VERSION_ID of the host, instead of a level',
    group: CONVERSION,
    read: matching(/^[A-Za-z0-9._+~-]+$/, 'a VERSION_ID as in /etc/os-release'),
  },
  arch: {
    flags: '--arch <arch>',
    help: 'auto, x86-64 or arm64 (default: auto, from the binaries)',
    group: CONVERSION,
    read: choice(['auto', 'x86-64', 'arm64'], {
      amd64: 'x86-64',
      x86_64: 'x86-64',
      aarch64: 'arm64',
    }),
    shortVariable: 'ARCH',
  },
  enable: {
    flags: '--enable <units>',
    help: 'also start these units at boot; commas, repeatable',
    group: CONVERSION,
    read: unitNames,
  },
  noEnable: {
    flags: '--no-enable <units>',
    help: 'do not start these units at boot; commas, repeatable',
    group: CONVERSION,
    read: unitNames,
  },
  drop: {
    flags: '--drop <path>',
    help: 'leave out this file or directory of the archive; repeatable',
    group: CONVERSION,
    read: entryPath,
    list: true,
  },
  keep: {
    flags: '--keep <path>',
    help: 'keep this file, which would be left out; repeatable',
    group: CONVERSION,
    read: entryPath,
    list: true,
  },
  noReload: {
    flags: '--no-reload',
    help: 'no EXTENSION_RELOAD_MANAGER=1',
    group: CONVERSION,
    read: yesOrNo,
  },
  reload: {
    flags: '--reload',
    help: 'with --bake: EXTENSION_RELOAD_MANAGER=1 also without units',
    group: CONVERSION,
    read: yesOrNo,
    shortVariable: 'RELOAD',
  },
  keepSelinux: {
    flags: '--keep-selinux',
    help: 'keep SELinux labels',
    group: CONVERSION,
    read: yesOrNo,
  },
  verify: {
    flags: '--verify',
    help: 'compare every file in the image with its source',
    group: CONVERSION,
    read: yesOrNo,
  },
  strict: {
    flags: '--strict',
    help: 'warnings fail, and nothing is written',
    group: CONVERSION,
    read: yesOrNo,
  },
  jobs: {
    flags: '--jobs <number>',
    help: 'compressing threads (default: one for each processor)',
    group: CONVERSION,
    read: wholeNumber(1, 256),
  },
  sourceDateEpoch: {
    flags: '--source-date-epoch <sec>',
    help: 'the time of everything in the image (default: 0)',
    group: CONVERSION,
    // SquashFS has 32 bits for a time; https://reproducible-builds.org/specs/source-date-epoch/
    read: wholeNumber(0, 2 ** 32 - 1),
    shortVariable: 'SOURCE_DATE_EPOCH',
  },
  only: {
    flags: '--only <part>',
    help: 'docker or containerd (default: both in one image)',
    group: DOCKER,
    read: choice(['docker', 'containerd']),
  },
  mirror: {
    flags: '--mirror <url>',
    help: `the directory that has ARCH/docker-VERSION.tgz (default: ${RELEASES})`,
    group: DOCKER,
    read: httpUrl,
  },
  sha256: {
    flags: '--sha256 <sum>',
    help: 'what the archive must have; it is not unpacked otherwise',
    group: DOCKER,
    read: sha256Sum,
  },
  imageVersion: {
    flags: '--image-version <version>',
    help: 'call the image NAME-VERSION-ARCH.raw',
    group: PUBLISHING,
    read: matching(
      /^[A-Za-z0-9][A-Za-z0-9._+-]*$/,
      "a version: letters, digits, '.', '_', '+', '-', the first a letter or digit",
    ),
  },
  sha256sums: {
    flags: '--sha256sums',
    help: 'give the image a line in SHA256SUMS beside it',
    group: PUBLISHING,
    read: yesOrNo,
  },
  sysupdate: {
    flags: '--sysupdate <url>',
    help: 'also write the transfer files by which systemd-sysupdate gets the image from the directory at this address, NAME.conf and NAME.transfer',
    group: PUBLISHING,
    read: directoryUrl,
  },
  butane: {
    flags: '--butane <path>',
    help: 'also write the Butane configuration that installs the image on new nodes',
    group: PUBLISHING,
    read: filePath,
  },
  ignition: {
    flags: '--ignition <path>',
    help: 'the same as Ignition reads it',
    group: PUBLISHING,
    read: filePath,
  },
  imageUrl: {
    flags: '--image-url <url>',
    help: 'where these nodes get the image from, or the directory that has it (default: the address of --sysupdate)',
    group: PUBLISHING,
    read: imageUrl,
  },
  root: {
    flags: '--root <dir>',
    help: "another system's root directory, which the paths are below",
    group: AUDIT,
    read: directoryPath,
  },
  targetVersion: {
    flags: '--target-version <version>',
    help: 'the release of Flatcar to judge for, and of the nodes of --butane (default: 3794, without Torcx)',
    group: AUDIT,
    read: releaseVersion,
  },
  failOn: {
    flags: '--fail-on <severity>',
    help: 'error, warning, info or never: from where on to exit with 1 (default: warning)',
    group: AUDIT,
    read: choice(['error', 'warning', 'info', 'never']),
  },
  select: {
    flags: '--select <rules>',
    help: 'only these rules, or those that begin so (TX2); commas, repeatable',
    group: AUDIT,
    read: rulePrefixes,
    list: true,
  },
  ignore: {
    flags: '--ignore <rules>',
    help: 'not these rules; commas, repeatable',
    group: AUDIT,
    read: rulePrefixes,
    list: true,
  },
  noIgnores: {
    flags: '--no-ignores',
    help: 'do not let comments in the files silence findings',
    group: AUDIT,
    read: yesOrNo,
  },
  showSuppressed: {
    flags: '--show-suppressed',
    help: 'also list what such comments silence',
    group: AUDIT,
    read: yesOrNo,
  },
  diff: {
    flags: '--diff',
    help: 'print the safe fixes as a patch; change nothing',
    group: AUDIT,
    read: yesOrNo,
  },
  fix: {
    flags: '--fix',
    help: 'make the safe fixes in the files',
    group: AUDIT,
    read: yesOrNo,
  },
  unsafeFixes: {
    flags: '--unsafe-fixes',
    help: 'with these two: also the fixes that need a look',
    group: AUDIT,
    read: yesOrNo,
  },
  backupDir: {
    flags: '--backup-dir <dir>',
    help: 'with --fix: copy each file there before it changes',
    group: AUDIT,
    read: directoryPath,
  },
  format: {
    flags: '--format <format>',
    help: 'text, json or markdown on standard output, of an audit also sarif or github (default: text)',
    group: OUTPUT,
    read: choice(['text', 'json', 'markdown', 'sarif', 'github']),
  },
  outputFile: {
    flags: '--output-file <path>',
    help: 'a file instead of standard output',
    group: OUTPUT,
    read: filePath,
  },
  color: {
    flags: '--color <when>',
    help: 'auto, always or never (default: auto)',
    group: OUTPUT,
    read: choice(['auto', 'always', 'never']),
  },
  progress: {
    flags: '--progress <kind>',
    help: 'auto, bar, plain, json or none (default: auto)',
    group: OUTPUT,
    read: choice(['auto', 'bar', 'plain', 'json', 'none']),
  },
  quiet: {
    flags: '-q, --quiet',
    help: 'only errors on standard error',
    group: OUTPUT,
    read: yesOrNo,
  },
  verbose: {
    flags: '-v, --verbose',
    help: 'also minor findings, and the details of internal errors',
    group: OUTPUT,
    read: yesOrNo,
  },
  interactive: {
    flags: '-i, --interactive',
    help: 'ask for what is left to decide; browse what --inspect or --check finds',
    group: INTERACTION,
    read: yesOrNo,
  },
  plain: {
    flags: '--plain',
    help: 'ask line by line instead of on screens (default: for TERM=dumb only)',
    group: INTERACTION,
    read: yesOrNo,
  },
  noInput: {
    flags: '--no-input',
    help: 'never ask',
    group: INTERACTION,
    read: yesOrNo,
  },
  yes: {
    flags: '--yes',
    help: 'never ask, and go on',
    group: INTERACTION,
    read: yesOrNo,
  },
} as const satisfies Readonly<Record<string, OptionSpec<unknown>>>;

export type OptionKey = keyof typeof OPTIONS;

/** What commander would do by itself, if it knew the rest. */
export const HELP = { flags: '-h, --help', help: 'this text', group: 'Other:' } as const;
export const SHOW_VERSION = {
  flags: '-V, --version',
  help: 'the version',
  group: 'Other:',
} as const;

/** What has no effect without `--check`, and what has none with it. */
export const AUDIT_OPTIONS = ofGroup(AUDIT);
/** What has no effect without `--docker`. */
export const DOCKER_OPTIONS = ofGroup(DOCKER);
export const PUBLISHING_OPTIONS = ofGroup(PUBLISHING);
export const IMAGE_OPTIONS = [...ofGroup(CONVERSION), ...PUBLISHING_OPTIONS];

function ofGroup(group: string): OptionSpec<unknown>[] {
  return Object.values(OPTIONS).filter(spec => spec.group === group);
}

/** `--output` of `-o, --output <path>`. */
export function longFlag({ flags }: Pick<OptionSpec<unknown>, 'flags'>): string {
  const [flag] = /--[a-z\d-]+/.exec(flags) ?? [];
  if (flag === undefined) throw new TypeError(`no long flag in '${flags}'`);
  return flag;
}

/** `-o` of `-o, --output <path>`. */
export function shortFlag({ flags }: Pick<OptionSpec<unknown>, 'flags'>): string | undefined {
  return /^-[A-Za-z](?=,)/.exec(flags)?.[0];
}

/** `TORCX2SYSEXT_OUTPUT` of `--output`. */
export function variableName(spec: OptionSpec<unknown>): string {
  return `TORCX2SYSEXT_${longFlag(spec).slice(2).replaceAll('-', '_').toUpperCase()}`;
}

/** The variables that stand for an option, the one that outranks the other first. */
export function variableNames(spec: OptionSpec<unknown>): string[] {
  return [variableName(spec), ...(spec.shortVariable === undefined ? [] : [spec.shortVariable])];
}

/** True for an option without a value. */
export function isSwitch({ flags }: Pick<OptionSpec<unknown>, 'flags'>): boolean {
  return !flags.includes('<');
}
