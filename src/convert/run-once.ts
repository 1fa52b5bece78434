import { parseUnitName } from '../analyze/unit-name.ts';
import { type Finding, finding } from '../finding.ts';
import { comparePaths } from '../path-text.ts';
import type { EnablementFile } from './enablement-file.ts';
import { passesBy } from './passing-service.ts';
import { UNIT_DIRECTORY } from './unit-directory.ts';
import { isForgottenOneshot, type UnitCatalog } from './unit-facts.ts';
import { triggeredUnits, unitFileNames } from './unit-needs.ts';

/** What it takes that upheld units which end by themselves run once, as they did under Torcx. */
export interface RunOnce {
  readonly files: readonly EnablementFile[];
  /** What has to be upheld in place of a unit. */
  readonly starters: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

/**
 * What is not active is started again by `Upholds=`, and a service that has done its work never is for long. So it
 * remains active; but what a timer, a socket or a path starts again must not, since they start only what is not active.
 * @param passes whether a program, by its absolute path, does its work and ends
 */
export function runOnce(
  units: readonly string[],
  catalog: UnitCatalog,
  passes: (path: string) => boolean = () => false,
): RunOnce {
  const triggers = triggersOf(catalog);
  const added = units.flatMap(unit => {
    const files = catalog.files(unit);
    if (parseUnitName(unit)?.type !== 'service' || files.length === 0) return [];
    const what = isForgottenOneshot(files)
      ? 'is a oneshot that does not stay active'
      : passesBy(files, passes);
    if (what === undefined) return [];
    const [trigger] = unitFileNames(unit).flatMap(name => triggers.get(name) ?? []);
    return [
      trigger === undefined
        ? remains(unit, what, catalog)
        : startsAtBoot(unit, what, instanceFor(unit, trigger)),
    ];
  });
  return {
    files: added.map(({ file }) => file),
    starters: new Map(added.flatMap(({ starter }) => (starter ? [starter] : []))),
    findings: added.map(({ found }) => found),
  };
}

interface Added {
  readonly file: EnablementFile;
  readonly starter?: readonly [unit: string, starter: string];
  readonly found: Finding;
}

/** Each unit that something in the extension starts again and again, with the first that does so. */
function triggersOf(catalog: UnitCatalog): ReadonlyMap<string, string> {
  const triggers = new Map<string, string>();
  for (const name of catalog.names) {
    for (const unit of triggeredUnits(name, catalog.files(name))) {
      if (!triggers.has(unit)) triggers.set(unit, name);
    }
  }
  return triggers;
}

/** Of a template that triggers: the instance that triggers `unit`. */
function instanceFor(unit: string, trigger: string): string {
  return trigger.replace('@.', `@${parseUnitName(unit)?.instance ?? ''}.`);
}

function remains(unit: string, what: string, catalog: UnitCatalog): Added {
  // The last file name wins: one that says RemainAfterExit=no must not come after ours.
  const last = catalog.dropInsWith(unit, 'Service', 'RemainAfterExit').at(-1);
  const usual = '10-remain-after-exit.conf';
  const isLater = last !== undefined && comparePaths(last, usual) >= 0;
  // `90-x.remain…` sorts behind `90-x.conf`.
  const name = isLater ? last.replace(/conf$/, 'remain-after-exit.conf') : usual;
  const path = `${UNIT_DIRECTORY}/${unit}.d/${name}`;
  return {
    file: {
      path,
      text: '[Service]\nRemainAfterExit=yes\n',
      because: `${unit} ${what}, and a target upholds it`,
    },
    found: finding('TX613', {
      path: `${UNIT_DIRECTORY}/${unit}`,
      message: `${unit} ${what}, and Upholds= would start it over and over: RemainAfterExit=yes was added`,
      fix: {
        safety: 'manual',
        description: `systemctl restart ${unit} runs it again; ${path} can be removed where nothing upholds it`,
      },
    }),
  };
}

/** A target that is active for good wants the unit, which starts it once and leaves it as it is. */
function startsAtBoot(unit: string, what: string, trigger: string): Added {
  const starter = unit.replace(/service$/, 'at-boot.target');
  return {
    file: {
      path: `${UNIT_DIRECTORY}/${starter}`,
      text: `[Unit]\nDescription=Starts ${unit} once at boot\nWants=${unit}\n`,
      because: `${unit} ${what}, and ${trigger} starts it again`,
    },
    starter: [unit, starter],
    found: finding('TX613', {
      path: `${UNIT_DIRECTORY}/${unit}`,
      message: `${unit} ${what}, and Upholds= would start it over and over: ${starter}, which was added, starts it once, and ${trigger} from then on`,
      fix: {
        safety: 'manual',
        description: `--no-enable ${unit} leaves it to ${trigger} alone`,
      },
    }),
  };
}
