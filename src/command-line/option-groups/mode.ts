import type { OptionSpecs } from '../option-spec.ts';
import { choice, filePath, ruleId, yesOrNo } from '../option-values.ts';

/** What is done instead of a conversion. */
export const MODE_OPTIONS = {
  inspect: {
    flags: '--inspect',
    help: 'say what is in the archive and how it would convert; write no image',
    read: yesOrNo,
  },
  check: {
    flags: '--check [path]',
    help: 'audit files and directories for what depends on Torcx (default: /etc)',
    read: yesOrNo,
  },
  docker: {
    flags: '--docker <version>',
    help: "an image of Docker's static release, such as 28.5.1, which is downloaded, or a file with it",
    read: filePath,
  },
  bake: {
    flags: '--bake [directory]',
    help: 'make an extension of a directory tree that holds usr or opt',
    read: yesOrNo,
  },
  ensureSysext: {
    flags: '--ensure-sysext',
    help: 'print a unit for other distributions that starts what extensions bring',
    read: yesOrNo,
  },
  explain: {
    flags: '--explain <rule>',
    help: 'what a rule such as TX601 means, and what to do about it',
    read: ruleId,
  },
  listRules: {
    flags: '--list-rules',
    help: 'all rules with their severity',
    read: yesOrNo,
  },
  completion: {
    flags: '--completion <shell>',
    help: 'a script for bash, zsh or fish that completes command lines',
    read: choice(['bash', 'zsh', 'fish']),
  },
} as const satisfies OptionSpecs;
