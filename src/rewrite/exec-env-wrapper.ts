import { findTorcxReferences } from '../analyze/torcx-reference.ts';
import { splitWords, type UnitWord } from '../analyze/unit-words.ts';
import { isDefaultElement, splitElements } from './path-list.ts';
import type { ReasonedEdit } from './reference-edits.ts';
import { isReplacement, type ResolveScope, resolveReference } from './resolve-reference.ts';

/**
 * What can go of `/usr/bin/env PATH=${TORCX_BINDIR}:${PATH} PROGRAM`. Stock units had it because systemd expands no
 * variable in the path of a program: when that path is absolute again, env has nothing left to do but to set other
 * variables. The edits are deletions, and the full path of a program that was looked up.
 */
export function envWrapperEdits(value: string, scope: ResolveScope): ReasonedEdit[] {
  return splitCommands(splitWords(value)).flatMap(words => commandEdits(words, scope));
}

/** With `@` the next word is the program's name for itself; such a line is left to the general rules. */
const ENV = /^[-:+!|]*(?="?'?(?:\/usr)?\/bin\/env"?'?$)/;
const ASSIGNMENT = /^[A-Za-z_][A-Za-z0-9_]*=/;

function commandEdits(words: readonly UnitWord[], scope: ResolveScope): ReasonedEdit[] {
  const [wrapper, ...rest] = words;
  const prefix = wrapper && ENV.exec(wrapper.raw)?.[0];
  const programAt = rest.findIndex(word => !ASSIGNMENT.test(word.text));
  const program = rest[programAt];
  if (!wrapper || prefix === undefined || !program || program.text.startsWith('-')) return [];
  const assignments = rest.slice(0, programAt);
  if (![...assignments, program].some(word => hasReference(word.raw))) return [];
  const needless = new Set(assignments.filter(setsDefaultPath));
  const fixed = fixedProgram(program, assignments, scope);
  const edits: ReasonedEdit[] = [];
  if (fixed !== undefined && fixed !== program.raw) {
    const because = [`${program.text} is ${fixed} now`];
    edits.push({ start: program.start, end: program.end, text: fixed, because });
  }
  if (fixed !== undefined && needless.size === assignments.length) {
    const start = wrapper.start + prefix.length;
    const because = ['a program whose path is fixed needs no env to be started'];
    return [{ start, end: program.start, text: '', because }, ...edits];
  }
  for (const [index, word] of assignments.entries()) {
    if (!needless.has(word)) continue;
    const end = rest[index + 1]?.start ?? word.end;
    const because = ['the search path needs no directory of Torcx'];
    edits.push({ start: word.start, end, text: '', because });
  }
  return edits;
}

/** The program by its absolute path, as the word is to be written; undefined when env has to look it up. */
function fixedProgram(
  { raw, text }: UnitWord,
  assignments: readonly UnitWord[],
  scope: ResolveScope,
): string | undefined {
  if (hasReference(raw)) return isResolved(raw, scope) ? raw : undefined;
  if (text.startsWith('/')) return raw;
  const isFoundInTorcx = assignments.some(
    word => word.text.startsWith('PATH=') && hasReference(word.raw),
  );
  return isFoundInTorcx && /^[\w.+-]+$/.test(text) ? scope.mapBin(text) : undefined;
}

/** Whether the word sets a search path that without its Torcx directories is no other than the default one. */
function setsDefaultPath({ text }: UnitWord): boolean {
  if (!text.startsWith('PATH=')) return false;
  const elements = splitElements(text.slice('PATH='.length)).map(element => element.text);
  const own = elements.filter(element => !hasReference(element));
  return own.length < elements.length && own.every(isDefaultElement);
}

function isResolved(word: string, scope: ResolveScope): boolean {
  return findTorcxReferences(word).every(found => isReplacement(resolveReference(found, scope)));
}

function hasReference(text: string): boolean {
  return findTorcxReferences(text).length > 0;
}

/** A value may hold several commands, separated by a semicolon that is a word of its own (systemd.service(5)). */
function splitCommands(words: readonly UnitWord[]): UnitWord[][] {
  const commands: UnitWord[][] = [[]];
  for (const word of words) {
    if (word.raw === ';') commands.push([]);
    else commands.at(-1)?.push(word);
  }
  return commands;
}
