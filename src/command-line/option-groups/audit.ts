import type { OptionSpecs } from '../option-spec.ts';
import { choice, directoryPath, releaseVersion, rulePrefixes, yesOrNo } from '../option-values.ts';

/** What has no effect without `--check`. */
export const AUDIT_OPTIONS = {
  root: {
    flags: '--root <dir>',
    help: "another system's root directory, which the paths are below",
    read: directoryPath,
  },
  targetVersion: {
    flags: '--target-version <version>',
    help: 'the release of Flatcar to judge for, and of the nodes of --butane (default: 3794, without Torcx)',
    read: releaseVersion,
  },
  failOn: {
    flags: '--fail-on <severity>',
    help: 'error, warning, info or never: from where on to exit with 1 (default: warning)',
    read: choice(['error', 'warning', 'info', 'never']),
  },
  select: {
    flags: '--select <rules>',
    help: 'only these rules, or those that begin so (TX2); commas, repeatable',
    read: rulePrefixes,
    list: true,
  },
  ignore: {
    flags: '--ignore <rules>',
    help: 'not these rules; commas, repeatable',
    read: rulePrefixes,
    list: true,
  },
  noIgnores: {
    flags: '--no-ignores',
    help: 'do not let comments in the files silence findings',
    read: yesOrNo,
  },
  showSuppressed: {
    flags: '--show-suppressed',
    help: 'also list what such comments silence',
    read: yesOrNo,
  },
  diff: {
    flags: '--diff',
    help: 'print the safe fixes as a patch; change nothing',
    read: yesOrNo,
  },
  fix: {
    flags: '--fix',
    help: 'make the safe fixes in the files',
    read: yesOrNo,
  },
  unsafeFixes: {
    flags: '--unsafe-fixes',
    help: 'with these two: also the fixes that need a look',
    read: yesOrNo,
  },
  backupDir: {
    flags: '--backup-dir <dir>',
    help: 'with --fix: copy each file there before it changes',
    read: directoryPath,
  },
} as const satisfies OptionSpecs;
