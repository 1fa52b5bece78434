import {
  type FindOptions,
  findTorcxReferences,
  type TorcxReference,
} from '../analyze/torcx-reference.ts';
import { pathListAt, pathListEdit } from './path-list.ts';
import { isReplacement, type ResolveScope, resolveReference } from './resolve-reference.ts';
import { spacedPath } from './spaced-path.ts';
import type { TextEdit } from './text-edit.ts';
import { widenedDirectory } from './widened-directory.ts';

/** What has to change in a piece of text so that its Torcx references become final paths. */
export interface ReferenceEdits {
  readonly references: readonly TorcxReference[];
  readonly edits: readonly ReasonedEdit[];
  readonly notes: readonly string[];
  readonly unresolved: readonly UnresolvedReference[];
}

/** An edit with a sentence for each reference that it replaces. */
export interface ReasonedEdit extends TextEdit {
  readonly because: readonly string[];
}

export interface UnresolvedReference {
  readonly reference: TorcxReference;
  readonly reason: string;
}

interface Options extends FindOptions {
  /** What stands before the text and names it: `ExecSearchPath=`. */
  readonly lead?: string;
}

/** Finds and resolves the references of `text`. All edits inside one search path are one edit of the whole list. */
export function referenceEdits(
  text: string,
  scope: ResolveScope,
  { lead = '', ...options }: Options = {},
): ReferenceEdits {
  const references = findTorcxReferences(text, options);
  const simple: ReasonedEdit[] = [];
  const notes = new Set<string>();
  const unresolved: UnresolvedReference[] = [];
  for (const reference of references) {
    const plain = resolveReference(reference, scope);
    const isDoubtful = !isReplacement(plain) || plain.note !== undefined;
    const spaced = isDoubtful ? spacedPath(text, reference, scope) : undefined;
    const resolution = spaced === undefined ? plain : { to: spaced, end: reference.end };
    if (!isReplacement(resolution)) {
      unresolved.push({ reference, reason: resolution.reason });
      continue;
    }
    const original = text.slice(reference.start, resolution.end);
    const because =
      resolution.to === ''
        ? `nothing stands before ${reference.tail} any more`
        : `${original} is ${resolution.to} now`;
    const { start } = reference;
    simple.push({ start, end: resolution.end, text: resolution.to, because: [because] });
    const note = resolution.note ?? widenedDirectory(text, reference, { to: resolution.to, lead });
    if (note !== undefined) notes.add(note);
  }
  const edits = foldPathLists(text, simple, lead);
  return { references, edits, notes: [...notes], unresolved };
}

/** The reasons of several edits, each once. */
export function reasonsOf(edits: readonly ReasonedEdit[]): string[] {
  return [...new Set(edits.flatMap(edit => edit.because))];
}

/** Makes one edit of all that fall into the same search path. */
function foldPathLists(text: string, edits: readonly ReasonedEdit[], lead: string): ReasonedEdit[] {
  const folded: ReasonedEdit[] = [];
  let done = 0;
  for (let index = 0; index < edits.length; index += 1) {
    const edit = edits[index];
    if (!edit) break;
    const list = pathListAt(text, edit.start, { lead, from: done });
    const inList = list ? edits.slice(index, firstBehind(edits, index, list.end)) : [];
    // A reference can begin or end with a quote, which ends a list.
    if (!list || inList.length === 0 || inList.some(({ end }) => end > list.end)) {
      folded.push(edit);
      done = edit.end;
      continue;
    }
    const because = [...new Set(inList.flatMap(inner => inner.because))];
    folded.push({ ...pathListEdit(list, inList), because });
    done = list.end;
    index += inList.length - 1;
  }
  return folded;
}

function firstBehind(edits: readonly TextEdit[], from: number, position: number): number {
  let index = from;
  while ((edits[index]?.start ?? Number.POSITIVE_INFINITY) < position) index += 1;
  return index;
}
