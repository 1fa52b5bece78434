import type { OptionSpecs } from '../option-spec.ts';
import { choice, filePath, yesOrNo } from '../option-values.ts';

/** How results and progress are shown. */
export const OUTPUT_OPTIONS = {
  format: {
    flags: '--format <format>',
    help: 'text, json or markdown on standard output, of an audit also sarif or github (default: text)',
    read: choice(['text', 'json', 'markdown', 'sarif', 'github']),
  },
  outputFile: {
    flags: '--output-file <path>',
    help: 'a file instead of standard output',
    read: filePath,
  },
  color: {
    flags: '--color <when>',
    help: 'auto, always or never (default: auto)',
    read: choice(['auto', 'always', 'never']),
  },
  progress: {
    flags: '--progress <kind>',
    help: 'auto, bar, plain, json or none (default: auto)',
    read: choice(['auto', 'bar', 'plain', 'json', 'none']),
  },
  quiet: {
    flags: '-q, --quiet',
    help: 'only errors on standard error',
    read: yesOrNo,
  },
  verbose: {
    flags: '-v, --verbose',
    help: 'also minor findings, and the details of internal errors',
    read: yesOrNo,
  },
} as const satisfies OptionSpecs;
