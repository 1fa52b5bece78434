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

/** The files that a unit may have: of its own name, and of the template that it is an instance of. */
export function unitFileNames(unit: string): string[] {
  const parsed = parseUnitName(unit);
  const template = parsed && templateName(parsed);
  return template === undefined ? [unit] : [unit, template];
}

/**
 * What a socket, timer or path starts: the unit it names, or the service of its own name, instance included.
 * @param files the unit, with its drop-ins where they count
 */
export function triggeredUnits(name: string, files: readonly UnitFile[]): string[] {
  const parsed = parseUnitName(name);
  const [section, key] = TRIGGERS[parsed?.type ?? ''] ?? [];
  if (!parsed || section === undefined || key === undefined) return [];
  const named = settingWords(files, section, key);
  if (named.length > 0) return named;
  const accept = settingWords(files, 'Socket', 'Accept').at(-1);
  const isPerConnection = accept !== undefined && unitBoolean(accept) === true;
  if (parsed.type === 'socket' && isPerConnection) return [`${parsed.prefix}@.service`];
  return [name.replace(/[^.]+$/, 'service')];
}

/** By type of unit: the setting that names what it starts. */
const TRIGGERS: Readonly<Record<string, readonly [section: string, key: string]>> = {
  socket: ['Socket', 'Service'],
  timer: ['Timer', 'Unit'],
  path: ['Path', 'Unit'],
};
