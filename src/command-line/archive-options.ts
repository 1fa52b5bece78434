import { assertExtensionName, type TorcxIdentity, torcxIdentity } from '../extension-name.ts';
import { usageError } from '../usage-error.ts';
import { assertNoOperand } from './assert-no-operand.ts';
import type { DisplayOptions } from './display-options.ts';
import { type ExtensionOptions, extensionOptions } from './extension-options.ts';
import { oppositeNames } from './opposite-names.ts';
import { OPTIONS } from './option-table.ts';
import type { Settings } from './settings.ts';

/** Which image is meant, and what is to be decided about it: the same for a conversion and for a look inside. */
export interface ArchiveOptions extends ExtensionOptions {
  /** As it was given; `-` is standard input. */
  readonly archive: string;
  /** What Torcx called the image. */
  readonly torcx: TorcxIdentity;
  /** NAME of NAME.raw. */
  readonly name: string;
  /** Paths in the archive, without a slash at their ends. */
  readonly drop: readonly string[];
  readonly keep: readonly string[];
  readonly keepSelinux: boolean;
  readonly strict: boolean;
  /** Files that exist may be replaced. */
  readonly force: boolean;
}

interface ArchiveMode {
  readonly display: DisplayOptions;
  /** What the user typed to get here, for suggestions: `torcx2sysext --inspect`. */
  readonly command: string;
}

/** @throws ToolError `usage` for the first thing that makes no sense */
export function archiveOptions(
  operands: readonly string[],
  settings: Settings,
  mode: ArchiveMode,
): ArchiveOptions {
  return {
    ...subject(operands, mode),
    ...extensionOptions(settings),
    ...entryChoices(settings),
    keepSelinux: settings.on(OPTIONS.keepSelinux),
    strict: settings.on(OPTIONS.strict),
    force: settings.on(OPTIONS.force),
  };
}

type Subject = Pick<ArchiveOptions, 'archive' | 'torcx' | 'name'>;

function subject(operands: readonly string[], { display, command }: ArchiveMode): Subject {
  const [archive, name, ...further] = operands;
  const suggestion = `${command} IMAGE.torcx.tgz NAME`;
  if (archive === undefined) {
    throw usageError(
      `missing <archive>${display.asks === 'never' ? '; no terminal to ask on' : ''}`,
      suggestion,
    );
  }
  assertNoOperand(further);
  if (archive === '') throw usageError("invalid <archive> ''", suggestion);
  if (archive === '-' && name === undefined) {
    throw usageError('missing <name>; standard input has no file name', `${command} - NAME`);
  }
  const inferred = torcxIdentity(archive);
  const chosen = name ?? inferred.name;
  assertExtensionName(chosen);
  const torcx = archive === '-' ? { ...inferred, name: chosen } : inferred;
  return { archive, torcx, name: chosen };
}

function entryChoices(settings: Settings): Pick<ArchiveOptions, 'drop' | 'keep'> {
  const [drop, keep] = oppositeNames(settings, OPTIONS.drop, OPTIONS.keep);
  return { drop, keep };
}
