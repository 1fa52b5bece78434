import { unitBoolean } from '../analyze/unit-boolean.ts';
import { effectiveSettings, type UnitFile } from '../analyze/unit-file.ts';
import { parseUnitName, templateName } from '../analyze/unit-name.ts';
import { splitWords } from '../analyze/unit-words.ts';

/** Settings of `[Unit]` without whose units this one fails to start. */
export const REQUIRING_KEYS = ['Requires', 'Requisite', 'BindsTo'];
/** Settings of `[Unit]` that start other units. */
export const STARTING_KEYS = [...REQUIRING_KEYS, 'Wants', 'Upholds'];

/** The words of a list setting, each once. */
export function unitWords(file: UnitFile, section: string, key: string): string[] {
  return settingWords([file], section, key);
}

/**
 * The same of a unit with its drop-ins, in the order in which systemd reads them. Escapes are a part of a unit's name
 * (`dev-virtio\x2dports-a.device`), and systemd does not resolve them in lists of units.
 */
export function settingWords(files: readonly UnitFile[], section: string, key: string): string[] {
  const words = effectiveSettings(files, section, key).flatMap(({ value }) => splitWords(value));
  return [...new Set(words.map(({ raw }) => raw.replaceAll(/["']/g, '')))];
}

/** True for the unit itself and for the template of an instance. */
export function isFileOf(name: string, unit: string): boolean {
  const parsed = parseUnitName(unit);
  return name === unit || (parsed !== undefined && templateName(parsed) === name);
}

/** What a socket, timer or path starts: the unit it names, or the service of its own name. */
export function triggeredUnits(name: string, file: UnitFile): string[] {
  const parsed = parseUnitName(name);
  if (parsed?.type === 'socket') {
    const named = unitWords(file, 'Socket', 'Service');
    const [accept] = unitWords(file, 'Socket', 'Accept');
    const isPerConnection = accept !== undefined && unitBoolean(accept) === true;
    return named.length > 0 ? named : [`${parsed.prefix}${isPerConnection ? '@' : ''}.service`];
  }
  if (parsed?.type === 'timer' || parsed?.type === 'path') {
    const named = unitWords(file, parsed.type === 'timer' ? 'Timer' : 'Path', 'Unit');
    return named.length > 0 ? named : [`${parsed.prefix}.service`];
  }
  return [];
}
