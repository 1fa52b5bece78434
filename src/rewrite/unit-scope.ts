import { findTorcxReferences, isTorcxVariable } from '../analyze/torcx-reference.ts';
import {
  allSettings,
  effectiveSettings,
  type UnitFile,
  type UnitSetting,
} from '../analyze/unit-file.ts';
import { splitWords, type UnitWord } from '../analyze/unit-words.ts';
import { aliasPath } from './alias-path.ts';
import {
  isReplacement,
  type ResolveScope,
  resolveReference,
  resolveScope,
} from './resolve-reference.ts';
import type { RewriteContext } from './rewrite-context.ts';

/** What the settings of one unit file mean for each other. */
export interface UnitScope extends ResolveScope {
  readonly moved: ReadonlySet<string>;
  /** Variables that hold a Torcx directory without a successor, all of whose uses can be resolved. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Variables of Torcx that some setting goes on using, because it could not be rewritten. */
  readonly stillUsed: ReadonlySet<string>;
  /** How many commands ExecStart= has. */
  readonly execStarts: number;
}

/** Reads the settings of one unit file or drop-in. */
export function unitScope(file: UnitFile, context: RewriteContext): UnitScope {
  const settings = allSettings(file);
  const base = resolveScope(context, environmentConstants(settings));
  const values = settings.filter(setting => !isEnvironment(setting.key)).map(({ value }) => value);
  const moved = movedVariables(values, base);
  const aliases = usableAliases(values, base);
  const scope = { ...base, moved, aliases };
  const execStarts = effectiveSettings([file], 'Service', 'ExecStart').length;
  return { ...scope, stillUsed: unresolvedVariables(settings, scope), execStarts };
}

/** `Environment=` and its relatives in the manager's own configuration. */
export function isEnvironment(key: string): boolean {
  return /^(?:Default|Manager)?Environment$/.test(key);
}

/** The variable and value of a word `NAME=VALUE`. */
export function assignment(word: UnitWord): { name: string; value: string } | undefined {
  const match = /^([A-Za-z_][A-Za-z0-9_]*)=(.*)$/s.exec(word.text);
  const [, name, value] = match ?? [];
  return name === undefined || value === undefined ? undefined : { name, value };
}

/** The variables that `Environment=` settings give a constant value. */
export function environmentConstants(settings: readonly UnitSetting[]): Map<string, string> {
  const constants = new Map<string, string>();
  for (const { key, value } of settings) {
    if (!isEnvironment(key)) continue;
    if (value === '') constants.clear();
    for (const word of splitWords(value)) {
      const assigned = assignment(word);
      // A specifier makes it another value on every node.
      if (assigned?.value.includes('%')) constants.delete(assigned.name);
      else if (assigned) constants.set(assigned.name, assigned.value);
    }
  }
  return constants;
}

/** Variables that are only used behind the unpack directory and whose file went elsewhere. */
function movedVariables(values: readonly string[], scope: ResolveScope): Set<string> {
  const uses = variableUses(values);
  const prefixed = new Map<string, number>();
  for (const { tail, meaning } of values.flatMap(value => findTorcxReferences(value))) {
    const image = `/${scope.imageName}`;
    const behind = tail.startsWith(image) ? tail.slice(image.length) : tail;
    const [, name] = /^[\\$]{0,4}\$\{?([A-Za-z_]\w*)\}?$/.exec(behind) ?? [];
    if (name === undefined || meaning.kind !== 'unpack' || meaning.path !== undefined) continue;
    prefixed.set(name, (prefixed.get(name) ?? 0) + 1);
  }
  const moved = new Set<string>();
  for (const [name, count] of prefixed) {
    const value = scope.constants.get(name);
    if (value === undefined || uses.get(name) !== count) continue;
    const final = scope.mapPath(value.replace(/^\/+/, ''));
    if (final !== undefined && final !== value) moved.add(name);
  }
  return moved;
}

/** Variables that stand for a directory which is no more, where each use names something that still exists. */
function usableAliases(values: readonly string[], scope: ResolveScope): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const [name, value] of scope.constants) {
    const path = isTorcxVariable(name) ? undefined : aliasPath(value, scope);
    if (path !== undefined) aliases.set(name, path);
  }
  if (aliases.size === 0) return aliases;
  const uses = variableUses(values);
  const resolved = new Map<string, number>();
  for (const reference of values.flatMap(value => findTorcxReferences(value, { aliases }))) {
    const { variable } = reference;
    if (variable === undefined || !isReplacement(resolveReference(reference, scope))) continue;
    resolved.set(variable, (resolved.get(variable) ?? 0) + 1);
  }
  for (const name of aliases.keys()) {
    const count = uses.get(name) ?? 0;
    if (count === 0 || resolved.get(name) !== count) aliases.delete(name);
  }
  return aliases;
}

function variableUses(values: readonly string[]): Map<string, number> {
  const uses = new Map<string, number>();
  for (const value of values) {
    for (const [, name = ''] of value.matchAll(/\$\{?([A-Za-z_]\w*)/g)) {
      uses.set(name, (uses.get(name) ?? 0) + 1);
    }
  }
  return uses;
}

function unresolvedVariables(
  settings: readonly UnitSetting[],
  scope: ResolveScope & Pick<UnitScope, 'aliases'>,
): Set<string> {
  const used = new Set<string>();
  for (const { key, value } of settings) {
    if (/^(?:Pass|Unset)Environment$/.test(key)) continue;
    const texts = isEnvironment(key) ? foreignWords(value) : [value];
    for (const reference of texts.flatMap(text => findTorcxReferences(text, scope))) {
      if (isReplacement(resolveReference(reference, scope))) continue;
      if (reference.variable !== undefined) used.add(reference.variable);
      if (reference.meaning.kind === 'unpack' && reference.meaning.imageDir)
        used.add('TORCX_IMAGEDIR');
    }
  }
  return used;
}

/** The assignments that are not to a variable of Torcx. */
function foreignWords(value: string): string[] {
  const words = splitWords(value).filter(word => !isTorcxVariable(assignment(word)?.name ?? ''));
  return words.map(word => word.raw);
}
