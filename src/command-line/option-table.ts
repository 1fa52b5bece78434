import { AUDIT_OPTIONS } from './option-groups/audit.ts';
import { CONVERSION_OPTIONS } from './option-groups/conversion.ts';
import { DOCKER_OPTIONS } from './option-groups/docker.ts';
import { INTERACTION_OPTIONS } from './option-groups/interaction.ts';
import { MODE_OPTIONS } from './option-groups/mode.ts';
import { OUTPUT_OPTIONS } from './option-groups/output.ts';
import { PUBLISHING_OPTIONS } from './option-groups/publishing.ts';
import type { OptionSpec } from './option-spec.ts';

/** Every option but the two below, by a name for the code. */
export const OPTIONS = {
  ...MODE_OPTIONS,
  ...CONVERSION_OPTIONS,
  ...DOCKER_OPTIONS,
  ...PUBLISHING_OPTIONS,
  ...AUDIT_OPTIONS,
  ...OUTPUT_OPTIONS,
  ...INTERACTION_OPTIONS,
};

export type OptionKey = keyof typeof OPTIONS;

/** What commander would do by itself, if it knew the rest. */
export const HELP = { flags: '-h, --help', help: 'this text' } as const;
export const SHOW_VERSION = { flags: '-V, --version', help: 'the version' } as const;

interface OptionGroup {
  readonly heading: string;
  readonly specs: readonly Pick<OptionSpec<unknown>, 'flags' | 'help'>[];
}

/** As the help shows them. */
export const OPTION_GROUPS: readonly OptionGroup[] = [
  { heading: 'Instead of a conversion:', specs: Object.values(MODE_OPTIONS) },
  { heading: 'Conversion:', specs: Object.values(CONVERSION_OPTIONS) },
  { heading: "Docker's release (--docker):", specs: Object.values(DOCKER_OPTIONS) },
  { heading: 'Publishing:', specs: Object.values(PUBLISHING_OPTIONS) },
  { heading: 'Audit (--check):', specs: Object.values(AUDIT_OPTIONS) },
  { heading: 'Output:', specs: Object.values(OUTPUT_OPTIONS) },
  { heading: 'Interaction:', specs: Object.values(INTERACTION_OPTIONS) },
  { heading: 'Other:', specs: [SHOW_VERSION, HELP] },
];
