import { findTorcxReferences } from '../analyze/torcx-reference.ts';
import {
  parseUnitFile,
  textRanges,
  type UnitFile,
  type UnitLine,
  type UnitPart,
  type UnitSetting,
} from '../analyze/unit-file.ts';
import { leftoverAdvice } from './leftover-advice.ts';
import { referenceEdits } from './reference-edits.ts';
import { isReplacement, type Resolution, resolveReference } from './resolve-reference.ts';
import {
  type Leftover,
  type Rewrite,
  type RewriteContext,
  type RewriteNote,
  unchanged,
} from './rewrite-context.ts';
import { rewriteSetting } from './rewrite-setting.ts';
import { applyEdits, type LineEdit, type TextEdit } from './text-edit.ts';
import { type UnitScope, unitScope } from './unit-scope.ts';

/**
 * Takes Torcx out of a unit: its target, its environment file, its variables and its paths. Lines without Torcx stay
 * byte-identical, and rewriting the result changes nothing. What remains is said in `leftovers`.
 * @param file a unit file, drop-in or network file
 */
export function rewriteUnit(file: UnitFile, context: RewriteContext): Rewrite {
  const { text } = file;
  if (findTorcxReferences(text).length === 0) return unchanged(text);
  const scope = unitScope(file, context);
  const changes = file.parts.flatMap(part => {
    const change = changePart(part, scope);
    return change === NO_CHANGE ? [] : [{ part, ...change }];
  });
  const edits: LineEdit[] = [];
  const notes: RewriteNote[] = [];
  for (const { part, because, notes: messages, edits: textEdits } of changes) {
    const line = part.lines[0]?.number ?? 1;
    for (const message of messages) notes.push({ line, message });
    if (textEdits.length > 0) edits.push(lineEdit(part, textEdits, because));
  }
  const result = applyEdits(
    text,
    changes.flatMap(change => change.edits),
  );
  return { text: result, edits, notes, leftovers: unitLeftovers(result, context) };
}

interface PartChange {
  /** At offsets of the text. */
  readonly edits: readonly TextEdit[];
  readonly because: readonly string[];
  readonly notes: readonly string[];
}

const NO_CHANGE: PartChange = { edits: [], because: [], notes: [] };

function changePart(part: UnitPart, scope: UnitScope): PartChange {
  switch (part.kind) {
    case 'setting':
      return changeSetting(part, scope);
    case 'comment':
      return changeIgnoredLines(part.lines, scope);
    case 'junk':
      return changeJunk(part.lines, scope);
    default:
      return NO_CHANGE;
  }
}

function changeSetting(setting: UnitSetting, scope: UnitScope): PartChange {
  const change = rewriteSetting(setting, scope);
  if (change?.remove) {
    const { because, notes = [] } = change;
    return { edits: setting.lines.map(deleteLine), because, notes };
  }
  const comments = changeIgnoredLines(
    setting.lines.filter(line => line.comment),
    scope,
  );
  if (!change) return comments;
  return {
    edits: [...change.edits.flatMap(edit => placeEdit(setting, edit)), ...comments.edits],
    because: [...change.because, ...comments.because],
    notes: change.notes,
  };
}

/** Comments, and lines that systemd ignores: a path gets its new name; what else speaks of Torcx goes. */
function changeIgnoredLines(lines: readonly UnitLine[], scope: UnitScope): PartChange {
  const edits: TextEdit[] = [];
  const because = new Set<string>();
  for (const line of lines) {
    const change = referenceEdits(line.content, scope, scope);
    if (change.unresolved.length > 0) {
      edits.push(deleteLine(line));
      because.add('the line has no effect and speaks of what no longer exists');
      continue;
    }
    for (const { start, end, text, because: reasons } of change.edits) {
      edits.push({ start: line.offset + start, end: line.offset + end, text });
      for (const reason of reasons) because.add(reason);
    }
  }
  return { edits, because: [...because], notes: [] };
}

/** Junk on continued lines goes as a whole: what is left of it would swallow the line behind. */
function changeJunk(lines: readonly UnitLine[], scope: UnitScope): PartChange {
  const isOpen = lines.some(
    line => referenceEdits(line.content, scope, scope).unresolved.length > 0,
  );
  const change = changeIgnoredLines(lines, scope);
  return isOpen ? { ...change, edits: lines.map(deleteLine) } : change;
}

function deleteLine({ offset, content, eol }: UnitLine): TextEdit {
  return { start: offset, end: offset + content.length + eol.length, text: '' };
}

/** An edit in a value as edits in the text; the new text goes where the old one began. */
function placeEdit(setting: UnitSetting, { start, end, text }: TextEdit): TextEdit[] {
  const ranges = textRanges(setting, start, end);
  return ranges.map((range, index) => ({ ...range, text: index === 0 ? text : '' }));
}

function lineEdit(
  part: UnitPart,
  edits: readonly TextEdit[],
  because: readonly string[],
): LineEdit {
  const start = part.lines[0]?.offset ?? 0;
  const before = part.lines.map(line => line.content + line.eol).join('');
  const own = edits.map(edit => ({ ...edit, start: edit.start - start, end: edit.end - start }));
  const after = applyEdits(before, own);
  const eol = part.lines.at(-1)?.eol ?? '';
  return {
    line: part.lines[0]?.number ?? 1,
    before: withoutEnd(before, eol),
    ...(after !== '' && { after: withoutEnd(after, eol) }),
    because: because.join('; '),
  };
}

function withoutEnd(text: string, end: string): string {
  return text.endsWith(end) ? text.slice(0, text.length - end.length) : text;
}

function unitLeftovers(text: string, context: RewriteContext): Leftover[] {
  const references = findTorcxReferences(text);
  if (references.length === 0) return [];
  const file = parseUnitFile(text);
  const scope = unitScope(file, context);
  let index = 0;
  return references.map(reference => {
    while ((file.parts[index + 1]?.lines[0]?.offset ?? text.length) <= reference.start) index += 1;
    const { line, column, text: spelling } = reference;
    const resolution = resolveReference(reference, scope);
    const reason = conditionReason(file.parts[index], resolution) ?? unresolvedReason(resolution);
    const advice = leftoverAdvice(reference.meaning, context.imageName);
    return { line, column, text: spelling, reason, advice, inComment: false };
  });
}

function unresolvedReason(resolution: Resolution): string {
  return isReplacement(resolution) ? 'the place is not understood' : resolution.reason;
}

function conditionReason(part: UnitPart | undefined, resolution: Resolution): string | undefined {
  if (part?.kind !== 'setting' || !/^(?:Condition|Assert)/.test(part.key)) return undefined;
  if (/^\|?\s*!/.test(part.value)) {
    return 'the condition holds where Torcx did not run, and so it always holds now';
  }
  return isReplacement(resolution)
    ? 'what is there now gives the condition another answer'
    : undefined;
}
