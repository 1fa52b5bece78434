import { allSettings, type UnitFile } from '../analyze/unit-file.ts';
import { type Finding, finding } from '../finding.ts';

/**
 * An upheld unit whose condition does not hold is not running, so systemd (seen with 252) goes on trying: every ten
 * seconds, with a line in the journal for each try. Under Torcx it was skipped once.
 * @param path of the unit in the extension
 * @param files the unit and its drop-ins, in the order in which systemd reads them
 */
export function upheldConditions(
  unit: string,
  path: string,
  files: readonly UnitFile[],
): Finding[] {
  const conditions = ['Condition', 'Assert'].flatMap(prefix => effectiveChecks(files, prefix));
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
