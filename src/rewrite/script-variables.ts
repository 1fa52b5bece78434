import { findTorcxReferences, isTorcxVariable } from '../analyze/torcx-reference.ts';
import { aliasPath } from './alias-path.ts';
import {
  isReplacement,
  type ResolveScope,
  resolveReference,
  resolveScope,
} from './resolve-reference.ts';
import type { RewriteContext } from './rewrite-context.ts';
import type { ScriptLine } from './script-lines.ts';
import { sealEdits } from './shell-seal.ts';

/** What the assignments of a script say. */
export interface ScriptScope extends ResolveScope {
  /** Variables that hold a Torcx directory without a successor, all of whose uses can be resolved. */
  readonly aliases: ReadonlyMap<string, string>;
}

/** A line that does nothing but to assign a variable. */
export interface Assignment {
  readonly name: string;
  /** Without the quotes around it. */
  readonly value: string;
  /** Not within a function or a branch, as far as the indentation tells. */
  readonly isOutermost: boolean;
}

const ASSIGNMENT =
  /^(\s*)(?:(?:export|readonly|local|declare|typeset)\s+(?:-\w+\s+)*)?([A-Za-z_]\w*)=("[^"`]*"|'[^']*'|[^\s"'`;&|()<>]*)\s*;?\s*(?:#.*)?$/;

/** No one writes such a line by hand, and the pattern above would take its time with it. */
const LONGEST_ASSIGNMENT = 2000;

/** The assignment that a line is; undefined for a line that does more, or something else. */
export function lineAssignment(text: string): Assignment | undefined {
  if (text.length > LONGEST_ASSIGNMENT) return;
  const [, indentation, name, value] = ASSIGNMENT.exec(text) ?? [];
  if (indentation === undefined || name === undefined || value === undefined) return;
  return { name, value: value.replace(/^["']|["']$/g, ''), isOutermost: indentation === '' };
}

/** Reads the assignments of a whole script. */
export function scriptScope(lines: readonly ScriptLine[], context: RewriteContext): ScriptScope {
  const effective = lines.filter(({ kind, text }) => kind !== 'comment' && /\S/.test(text));
  const assigned = singleAssignments(effective);
  const constants = new Map([...assigned].filter(([, value]) => !/[$`]/.test(value)));
  const scope = resolveScope(context, constants);
  return { ...scope, aliases: usableAliases(effective, assigned, scope) };
}

/**
 * Variables with one assignment in the whole script and their values. It is outside of functions and branches, since
 * otherwise the variable may come from the environment, or to a variable that a function has to itself.
 */
function singleAssignments(lines: readonly ScriptLine[]): Map<string, string> {
  const counts = new Map<string, number>();
  const values = new Map<string, string>();
  const locals = new Set(lines.flatMap(({ text }) => localNames(text)));
  for (const { text, kind } of lines) {
    for (const name of assignedNames(text)) counts.set(name, (counts.get(name) ?? 0) + 1);
    const assignment = kind === 'code' ? lineAssignment(text) : undefined;
    if (assignment && (assignment.isOutermost || locals.has(assignment.name)))
      values.set(assignment.name, assignment.value);
  }
  for (const name of values.keys()) if (counts.get(name) !== 1) values.delete(name);
  return values;
}

/** `local image root=/x` */
function localNames(text: string): readonly string[] {
  if (!text.includes('local')) return NONE;
  const [, list = ''] = /^\s*local\s+(.*)$/.exec(text.slice(0, LONGEST_ASSIGNMENT)) ?? [];
  return [...list.matchAll(/(?:^|\s)([A-Za-z_]\w*)/g)].flatMap(match => match[1] ?? []);
}

/** Most lines name no variable, and there may be millions. */
const NONE: readonly string[] = [];

function assignedNames(text: string): readonly string[] {
  if (!/=|for|read|printf|mapfile|getopts/.test(text)) return NONE;
  const assigned = [...text.matchAll(/(?:^|[\s;&|({"'])([A-Za-z_]\w*)\+?=/g)].map(
    match => match[1],
  );
  const looped = [...text.matchAll(/\bfor\s+([A-Za-z_]\w*)/g)].map(match => match[1]);
  const read = [...text.matchAll(/\b(?:read|printf\s+-v|mapfile|getopts)\b([^;&|<]*)/g)].flatMap(
    match => match[1]?.match(/[A-Za-z_]\w*/g) ?? [],
  );
  return [...assigned, ...looped, ...read].filter(name => name !== undefined);
}

/** More of them than a person would write make the search for their names slow. */
const MOST_ALIASES = 32;

function usableAliases(
  lines: readonly ScriptLine[],
  assigned: ReadonlyMap<string, string>,
  scope: ResolveScope,
): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const [name, value] of assigned) {
    if (aliases.size >= MOST_ALIASES) break;
    const path = isTorcxVariable(name) ? undefined : aliasPath(value, scope, aliases);
    if (path !== undefined) aliases.set(name, path);
  }
  // A variable that the text itself does not use is there for somebody else.
  const used = new Set(lines.flatMap(({ text }) => usedNames(text)));
  for (const name of aliases.keys()) if (!used.has(name)) aliases.delete(name);
  // Each round may take away the definition that another alias was used in.
  for (let before = -1; before !== aliases.size; ) {
    before = aliases.size;
    for (const name of unusableAliases(lines, aliases, scope)) aliases.delete(name);
  }
  return aliases;
}

function usedNames(text: string): readonly string[] {
  if (!text.includes('$')) return NONE;
  return [...text.matchAll(/\$\{?[#!]?([A-Za-z_]\w*)/g)].flatMap(match => match[1] ?? []);
}

function unusableAliases(
  lines: readonly ScriptLine[],
  aliases: ReadonlyMap<string, string>,
  scope: ResolveScope,
): Set<string> {
  const unusable = new Set<string>();
  if (aliases.size === 0) return unusable;
  for (const { text } of lines) {
    const assignment = lineAssignment(text);
    if (assignment && aliases.has(assignment.name)) continue;
    const open = new Map<string, number>();
    for (const name of usedNames(text)) {
      if (aliases.has(name)) open.set(name, (open.get(name) ?? 0) + 1);
    }
    if (open.size === 0) continue;
    const references = findTorcxReferences(text, { aliases });
    const { handled } = sealEdits(text, references, scope);
    for (const reference of references) {
      const { variable = '' } = reference;
      const count = open.get(variable);
      if (count === undefined) continue;
      if (!handled.has(reference) && !isReplacement(resolveReference(reference, scope))) continue;
      open.set(variable, count - 1);
    }
    for (const [name, count] of open) if (count !== 0) unusable.add(name);
  }
  return unusable;
}
