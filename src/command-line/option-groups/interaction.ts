import type { OptionSpecs } from '../option-spec.ts';
import { yesOrNo } from '../option-values.ts';

/** Whether somebody is asked, and how. */
export const INTERACTION_OPTIONS = {
  interactive: {
    flags: '-i, --interactive',
    help: 'ask for what is left to decide; browse what --inspect or --check finds',
    read: yesOrNo,
  },
  plain: {
    flags: '--plain',
    help: 'no screens: where one would ask, questions line by line (as if TERM=dumb)',
    read: yesOrNo,
  },
  noInput: {
    flags: '--no-input',
    help: 'never ask',
    read: yesOrNo,
  },
  yes: {
    flags: '--yes',
    help: 'never ask, and go on',
    read: yesOrNo,
  },
} as const satisfies OptionSpecs;
