import type { TorcxMeaning } from '../analyze/torcx-path.ts';
import { findTorcxReferences, isTorcxVariable } from '../analyze/torcx-reference.ts';
import type { UnitSetting } from '../analyze/unit-file.ts';
import { splitWords, type UnitWord } from '../analyze/unit-words.ts';
import { append } from '../append.ts';
import { envWrapperEdits } from './exec-env-wrapper.ts';
import { goneVariable } from './gone-variable.ts';
import { isLinkingCommand } from './linking-command.ts';
import { onlyMeaning } from './only-meaning.ts';
import {
  type ReasonedEdit,
  type ReferenceEdits,
  reasonsOf,
  referenceEdits,
} from './reference-edits.ts';
import { rewriteCondition } from './rewrite-condition.ts';
import type { SettingChange } from './setting-change.ts';
import { sealEdits } from './shell-seal.ts';
import { applyEdits, type TextEdit } from './text-edit.ts';
import { assignment, isEnvironment, type UnitScope } from './unit-scope.ts';

/** The change that takes Torcx out of a setting, or undefined when it can stay as it is. */
export function rewriteSetting(setting: UnitSetting, scope: UnitScope): SettingChange | undefined {
  const { key, value } = setting;
  const references = findTorcxReferences(value, scope);
  if (references.length === 0 && !isEnvironment(key)) return;
  if (isEnvironment(key)) return rewriteEnvironment(value, scope);
  if (/^(?:Pass|Unset)Environment$/.test(key)) return rewriteNames(value);
  if (DEPENDENCIES.has(key))
    return dropWords(value, isTarget, `${TORCX_UNIT.exec(value)?.[0]} does not exist any more`);
  if (key === 'EnvironmentFile' && isOnly(value, ['seal'])) {
    return { remove: true, because: ["Torcx's environment file does not exist any more"] };
  }
  if (/^(?:Condition|Assert)/.test(key)) {
    const condition = rewriteCondition(setting, scope);
    if (condition !== 'general') return condition;
  }
  if (PATH_SETS.has(key)) {
    const because = 'the directories that Torcx made at boot do not exist any more';
    const change = dropWords(
      value,
      word => isOnly(word.raw.replace(/^[-+]*/, ''), TORCX_OWN),
      because,
    );
    if (change) return change;
  }
  return rewriteValue(setting, scope);
}

const DEPENDENCIES: ReadonlySet<string> = new Set([
  'Requires',
  'RequiresOverridable',
  'Requisite',
  'RequisiteOverridable',
  'Wants',
  'BindsTo',
  'BindTo',
  'PartOf',
  'Upholds',
  'Conflicts',
  'Before',
  'After',
  'OnFailure',
  'OnSuccess',
  'PropagatesReloadTo',
  'PropagateReloadTo',
  'ReloadPropagatedFrom',
  'PropagateReloadFrom',
  'PropagatesStopTo',
  'StopPropagatedFrom',
  'JoinsNamespaceOf',
  'WantedBy',
  'RequiredBy',
  'UpheldBy',
  'Also',
  'Alias',
]);

/** Lists of paths that only say what has to be there: what can't be there needs no word. */
const PATH_SETS: ReadonlySet<string> = new Set([
  'RequiresMountsFor',
  'WantsMountsFor',
  'ReadWritePaths',
  'ReadOnlyPaths',
  'InaccessiblePaths',
  'ReadWriteDirectories',
  'ReadOnlyDirectories',
  'InaccessibleDirectories',
  'ExecPaths',
  'NoExecPaths',
]);

/** Things that existed where Torcx ran, and say nothing about a particular file. */
const TORCX_OWN: readonly TorcxMeaning['kind'][] = ['seal', 'run-dir', 'profile', 'unpack'];

function rewriteValue(setting: UnitSetting, scope: UnitScope): SettingChange | undefined {
  const { key, value } = setting;
  const { aliases } = scope;
  const general = referenceEdits(value, scope, { aliases, lead: `${key}=` });
  const wrapper = key.startsWith('Exec') ? envWrapperEdits(value, scope) : [];
  const sealed = key.startsWith('Exec') ? commandSealEdits(value, general, scope) : [];
  const special = [
    ...wrapper,
    ...sealed.filter(edit => !wrapper.some(other => overlaps(edit, other))),
  ];
  const outside = general.edits.filter(edit => !special.some(other => overlaps(edit, other)));
  const edits = [...special, ...outside];
  if (edits.length === 0) return;
  const linking = isLinkingCommand(key, applyEdits(value, edits));
  if (linking) return dropCommand(setting, scope);
  return { remove: false, edits, because: reasonsOf(edits), notes: general.notes };
}

/** `bash -c 'source /run/metadata/torcx && …'`: without the file, when the command needs nothing of it any more. */
function commandSealEdits(
  value: string,
  { references, unresolved }: ReferenceEdits,
  scope: UnitScope,
): readonly ReasonedEdit[] {
  const seal = sealEdits(value, references, scope);
  return unresolved.every(({ reference }) => seal.handled.has(reference)) ? seal.edits : [];
}

/**
 * The file lies where it is read, so the command that linked it there goes. A service needs an ExecStart=, so the only
 * one becomes a command that does nothing.
 */
function dropCommand({ key, value }: UnitSetting, { execStarts }: UnitScope): SettingChange {
  const because = ['the file lies where it is read, so it needs no link any more'];
  if (key !== 'ExecStart' || execStarts > 1) return { remove: true, because };
  const edit = { start: 0, end: value.length, text: '/usr/bin/true' };
  return { remove: false, edits: [edit], because, notes: [] };
}

function overlaps(a: TextEdit, b: TextEdit): boolean {
  return a.start < b.end && b.start < a.end;
}

function rewriteEnvironment(value: string, scope: UnitScope): SettingChange | undefined {
  const because = new Set<string>();
  const notes = new Set<string>();
  const edits: TextEdit[] = [];
  const words = splitWords(value);
  const doomed = new Set<UnitWord>();
  for (const word of words) {
    const name = assignment(word)?.name ?? '';
    const isUnused = isTorcxVariable(name) && !scope.stillUsed.has(name);
    if (isUnused) because.add(`nothing uses ${name} any more`);
    if (scope.aliases.has(name)) {
      because.add(`the directory in ${name} has no successor, and each use of it got its own path`);
      notes.add(goneVariable(name));
    }
    if (isUnused || scope.aliases.has(name)) doomed.add(word);
  }
  for (const word of words) {
    if (doomed.has(word)) continue;
    const moved = movedEdit(word, scope);
    if (moved) {
      edits.push(moved.edit);
      because.add(moved.because);
      continue;
    }
    if (isTorcxVariable(assignment(word)?.name ?? '')) continue;
    const change = referenceEdits(word.raw, scope, scope);
    for (const edit of change.edits) {
      edits.push({ ...edit, start: edit.start + word.start, end: edit.end + word.start });
    }
    for (const reason of reasonsOf(change.edits)) because.add(reason);
    for (const note of change.notes) notes.add(note);
  }
  if (words.length > 0 && doomed.size === words.length) {
    return { remove: true, because: [...because], notes: [...notes] };
  }
  append(edits, wordDeletions(words, doomed));
  if (edits.length === 0) return;
  return { remove: false, edits, because: [...because], notes: [...notes] };
}

/** The new value of a variable that was only used behind the unpack directory. */
function movedEdit(word: UnitWord, scope: UnitScope) {
  const assigned = assignment(word);
  if (!assigned || !scope.moved.has(assigned.name)) return;
  const { name, value } = assigned;
  const final = scope.mapPath(value.replace(/^\/+/, ''));
  const at = word.raw.lastIndexOf(value);
  if (final === undefined || at < 0) return;
  const start = word.start + at;
  return {
    edit: { start, end: start + value.length, text: final },
    because: `${value} of the image is ${final} now, and ${name} is only used for that`,
  };
}

/** Names of variables that the unit takes over or takes away. */
function rewriteNames(value: string): SettingChange | undefined {
  const because = 'variables of Torcx do not exist any more';
  return dropWords(value, word => isTorcxVariable(word.text.replace(/=.*$/s, '')), because);
}

const TORCX_UNIT = /\b(?:torcx\.target|run-torcx-unpack\.mount)\b/;

function isTarget(word: UnitWord): boolean {
  return TORCX_UNIT.exec(word.text)?.[0] === word.text;
}

function isOnly(text: string, kinds: readonly TorcxMeaning['kind'][]): boolean {
  const meaning = onlyMeaning(text);
  if (meaning?.kind === 'unpack' && meaning.image !== undefined) return false;
  return meaning !== undefined && kinds.includes(meaning.kind);
}

function dropWords(
  value: string,
  isDoomed: (word: UnitWord) => boolean,
  because: string,
): SettingChange | undefined {
  const words = splitWords(value);
  const doomed = new Set(words.filter(isDoomed));
  if (doomed.size === 0) return;
  if (doomed.size === words.length) return { remove: true, because: [because] };
  return { remove: false, edits: wordDeletions(words, doomed), because: [because], notes: [] };
}

/** Deletes words together with the space behind them, or before them at the end, line breaks included. */
function wordDeletions(words: readonly UnitWord[], doomed: ReadonlySet<UnitWord>): TextEdit[] {
  const edits: TextEdit[] = [];
  let kept: UnitWord | undefined;
  let run: UnitWord | undefined;
  for (const word of words) {
    if (doomed.has(word)) {
      run ??= word;
      continue;
    }
    if (run) edits.push({ start: run.start, end: word.start, text: '' });
    run = undefined;
    kept = word;
  }
  const last = words.at(-1);
  if (run && kept && last) edits.push({ start: kept.end, end: last.end, text: '' });
  return edits;
}
