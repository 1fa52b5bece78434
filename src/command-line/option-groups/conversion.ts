import { IMAGE_FORMATS } from '../../image-format.ts';
import type { OptionSpecs } from '../option-spec.ts';
import {
  blockSize,
  choice,
  compression,
  entryPath,
  filePath,
  matching,
  reportFile,
  unitNames,
  wholeNumber,
  yesOrNo,
} from '../option-values.ts';

/** The image that is made, whatever it is made of. */
export const CONVERSION_OPTIONS = {
  output: {
    flags: '-o, --output <path>',
    help: 'the image (default: ./NAME.raw), or a directory for it',
    read: filePath,
  },
  force: {
    flags: '-f, --force',
    help: 'replace files that exist',
    read: yesOrNo,
  },
  dryRun: {
    flags: '-n, --dry-run',
    help: 'show what would be done, write nothing',
    read: yesOrNo,
  },
  report: {
    flags: '--report <path>',
    help: 'where a report goes, .md or .json; repeatable (default: NAME.report.md and NAME.report.json beside the image)',
    read: reportFile,
    list: true,
  },
  noReport: {
    flags: '--no-report',
    help: 'write no report',
    read: yesOrNo,
  },
  imageFormat: {
    flags: '--image-format <format>',
    help: "squashfs, directory, or erofs, ext4, ext2, btrfs by these file systems' own programs (default: squashfs)",
    read: choice(IMAGE_FORMATS),
    shortVariable: 'FORMAT',
  },
  compression: {
    flags: '--compression <method>',
    help: 'zstd[:1-22] or gzip[:1-9] (default: zstd)',
    read: compression,
  },
  blockSize: {
    flags: '--block-size <size>',
    help: '128K, 256K, 512K or 1M (default: 128K)',
    read: blockSize,
  },
  os: {
    flags: '--os <id>',
    help: 'ID of the host in /etc/os-release, or _any (default: flatcar)',
    read: matching(/^[a-z0-9._-]+$/, 'an ID as in /etc/os-release: a-z, 0-9, . _ -'),
    shortVariable: 'OS',
  },
  sysextLevel: {
    flags: '--sysext-level <level>',
    help: 'SYSEXT_LEVEL of the host (default: 1.0)',
    read: matching(/^[a-z0-9._-]+$/, 'a level as in /etc/os-release: a-z, 0-9, . _ -'),
  },
  osVersion: {
    flags: '--os-version <version>',
    help: 'VERSION_ID of the host, instead of a level',
    read: matching(/^[A-Za-z0-9._+~-]+$/, 'a VERSION_ID as in /etc/os-release'),
  },
  arch: {
    flags: '--arch <arch>',
    help: 'auto, x86-64 or arm64 (default: auto, from the binaries)',
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
    read: unitNames,
  },
  noEnable: {
    flags: '--no-enable <units>',
    help: 'do not start these units at boot; commas, repeatable',
    read: unitNames,
  },
  drop: {
    flags: '--drop <path>',
    help: 'leave out this file or directory of the archive; repeatable',
    read: entryPath,
    list: true,
  },
  keep: {
    flags: '--keep <path>',
    help: 'keep this file, which would be left out; repeatable',
    read: entryPath,
    list: true,
  },
  noReload: {
    flags: '--no-reload',
    help: 'no EXTENSION_RELOAD_MANAGER=1',
    read: yesOrNo,
  },
  reload: {
    flags: '--reload',
    help: 'with --bake: EXTENSION_RELOAD_MANAGER=1 also without units',
    read: yesOrNo,
    shortVariable: 'RELOAD',
  },
  keepSelinux: {
    flags: '--keep-selinux',
    help: 'keep SELinux labels',
    read: yesOrNo,
  },
  verify: {
    flags: '--verify',
    help: 'compare every file in the image with its source',
    read: yesOrNo,
  },
  strict: {
    flags: '--strict',
    help: 'warnings fail, and nothing is written',
    read: yesOrNo,
  },
  jobs: {
    flags: '--jobs <number>',
    help: 'compressing threads (default: one for each processor)',
    read: wholeNumber(1, 256),
  },
  sourceDateEpoch: {
    flags: '--source-date-epoch <sec>',
    help: 'the time of everything in the image (default: 0)',
    // SquashFS has 32 bits for a time; https://reproducible-builds.org/specs/source-date-epoch/
    read: wholeNumber(0, 2 ** 32 - 1),
    shortVariable: 'SOURCE_DATE_EPOCH',
  },
} as const satisfies OptionSpecs;
