import { allSettings, type UnitFile } from '../analyze/unit-file.ts';
import { type Finding, finding } from '../finding.ts';
import { mergedPath } from './merged-path.ts';

export interface UpheldUnit {
  readonly name: string;
  /** In the extension. */
  readonly path: string;
  /** The unit and its drop-ins, in the order in which systemd reads them. */
  readonly files: readonly UnitFile[];
}

/**
 * An upheld unit whose condition does not hold is not running, so systemd (seen with 252) goes on trying: every ten
 * seconds, with a line in the journal for each try. Under Torcx it was skipped once.
 * @param brings whether the extension has a file or directory at a path without a leading slash: such conditions hold
 */
export function upheldConditions(
  { name: unit, path, files }: UpheldUnit,
  brings: (path: string) => boolean,
): Finding[] {
  const holds = (value: string) => value.startsWith('/') && brings(mergedPath(value));
  const conditions = ['Condition', 'Assert']
    .flatMap(prefix => effectiveChecks(files, prefix))
    .filter(({ value }) => !holds(value.replace(/^\|\s*/, '')));
  const [first] = conditions;
  if (!first) return [];
  const others = conditions.length > 1 ? ` and ${conditions.length - 1} more` : '';
  return [
    finding('TX613', {
      path,
      message: `${unit} has ${first.key}=${first.value}${others}: while that does not hold, Upholds= has systemd try again every ten seconds and say so in the journal`,
      fix: {
        safety: 'manual',
        description: `where it does not hold, make the image with --no-enable ${unit}`,
      },
    }),
  ];
}

/** systemd.unit(5): an empty assignment takes back all conditions, of whatever kind; assertions likewise. */
function effectiveChecks(files: readonly UnitFile[], prefix: string) {
  const settings = files
    .flatMap(allSettings)
    .filter(({ section, key }) => section === 'Unit' && key.startsWith(prefix));
  return settings.slice(settings.findLastIndex(({ value }) => value === '') + 1);
}
