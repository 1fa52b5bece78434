import type { TorcxReference } from '../analyze/torcx-reference.ts';
import type { ReasonedEdit } from './reference-edits.ts';
import type { RewriteContext } from './rewrite-context.ts';
import { applyEdits } from './text-edit.ts';

/** What becomes of a shell line that reads Torcx's environment file or asks whether Torcx ran. */
export interface SealEdits {
  /** The line does nothing else, so that it can go as a whole. */
  readonly isWhole: boolean;
  readonly edits: readonly ReasonedEdit[];
  /** The references that the edits take care of. */
  readonly handled: ReadonlySet<TorcxReference>;
}

/**
 * Commands and tests of one line that concern the seal. Reading it becomes `:`, asking for it becomes the answer that
 * it had whenever the image was there; what is neither, or belongs to a longer test, is not touched.
 */
export function sealEdits(
  line: string,
  references: readonly TorcxReference[],
  context: Pick<RewriteContext, 'imageName' | 'mapsAllImages'>,
): SealEdits {
  const edits: ReasonedEdit[] = [];
  const handled = new Set<TorcxReference>();
  for (const reference of references) {
    const edit = sourceEdit(line, reference) ?? testEdit(line, reference, context);
    if (!edit) continue;
    edits.push(edit);
    handled.add(reference);
  }
  return { isWhole: edits.length > 0 && isWhole(line, edits), edits, handled };
}

/** Characters before and behind a reference that its command or test may take, blanks included. */
const LONGEST_AFFIX = 80;

/** A quote before the command opens a text for `sh -c`, one behind it opens the name of the file. */
const SOURCE_BEFORE = /(?:^|[\s;&|({!"'`])((?:source|\.)[ \t]+(["']?))$/;
const SOURCE_BEHIND = /^\s*(?:$|[;&|)}#"'`]|\d?>)/;

function sourceEdit(line: string, reference: TorcxReference): ReasonedEdit | undefined {
  if (reference.meaning.kind !== 'seal') return;
  const [, command, quote = ''] = SOURCE_BEFORE.exec(near(line, reference.start)) ?? [];
  const end = reference.end + quote.length;
  if (command === undefined || line.slice(reference.end, end) !== quote) return;
  if (!SOURCE_BEHIND.test(line.slice(end, end + LONGEST_AFFIX))) return;
  return {
    start: reference.start - command.length,
    end,
    text: ':',
    because: ["Torcx's environment file does not exist any more"],
  };
}

const TEST_BEFORE = /(\[\[?|\btest)[ \t]+(![ \t]+)?-([defnrsxz])[ \t]+["']?$/;
const TEST_BEHIND = /^["']?(?:[ \t]+(\]\]?)(?![^\s;&|)])|(?=\s*(?:$|[;&|)])))/;

/** `[ -f SEAL ]`, `[ -n "$TORCX_UNPACKDIR" ]` and `[ -d "$ROOT" ]`: all ask whether Torcx ran. */
function testEdit(
  line: string,
  reference: TorcxReference,
  context: Pick<RewriteContext, 'imageName' | 'mapsAllImages'>,
): ReasonedEdit | undefined {
  const before = TEST_BEFORE.exec(near(line, reference.start));
  const behind = TEST_BEHIND.exec(line.slice(reference.end));
  if (!before || !behind) return;
  const [opening, bracket = '', negation, operator = ''] = before;
  const closing = behind[1] ?? '';
  if ((bracket === 'test' ? '' : bracket.replaceAll('[', ']')) !== closing) return;
  if (!asksForTorcx(operator, reference, context)) return;
  const holds = (operator === 'z') === (negation !== undefined);
  const end = reference.end + behind[0].length;
  const after = line.slice(end, end + LONGEST_AFFIX);
  // `test -f SEAL && source $_`: what the next command reads is the last word of this one.
  const reads = bracket === 'test' && holds ? READS_LAST_WORD.exec(after)?.[0] : undefined;
  if (reads === undefined && USES_LAST_WORD.test(after)) return;
  // A script that refuses to run where Torcx is has no question to answer, and must not refuse everywhere.
  if ((holds ? LEAVES_IF_TRUE : LEAVES_IF_FALSE).test(after)) return;
  return {
    start: reference.start - opening.length,
    end: end + (reads?.length ?? 0),
    text: reads === undefined ? `${holds}` : 'true && :',
    because: ['where the image is merged, there is no question whether Torcx ran'],
  };
}

/** Torcx ran where its file is, its variables are set, or the image was unpacked. */
function asksForTorcx(
  operator: string,
  { meaning, variable, tail }: TorcxReference,
  { imageName, mapsAllImages }: Pick<RewriteContext, 'imageName' | 'mapsAllImages'>,
): boolean {
  const isDirectory = meaning.kind === 'bin' || meaning.kind === 'unpack';
  if (/[nz]/.test(operator)) return variable !== undefined && isDirectory && tail === '';
  if (meaning.kind === 'seal') return /[efrs]/.test(operator);
  // A text that is no part of the image may ask for an image that is not merged.
  if (meaning.kind !== 'unpack' || mapsAllImages === true) return false;
  const isThere = meaning.image === undefined || meaning.image === imageName;
  return isThere && meaning.path === undefined && tail === '' && /[derx]/.test(operator);
}

const READS_LAST_WORD = /^\s*&&\s*(?:source|\.)[ \t]+"?\$_"?(?![\w"])/;
const USES_LAST_WORD = /\$(?:_(?!\w)|\{_\})/;

const LEAVES_IF_TRUE = /^\s*&&\s*(?:exit|return)\b/;
const LEAVES_IF_FALSE = /^\s*\|\|\s*(?:exit|return)\b/;

/** The end of what stands before `position`; patterns are anchored there, and must not see a whole hostile line. */
function near(line: string, position: number): string {
  return line.slice(Math.max(0, position - LONGEST_AFFIX), position);
}

const NOTHING_ELSE = [
  // `. SEAL`, `. SEAL || true`, `. SEAL 2>/dev/null || exit 1`
  /^\s*:(?:\s*2>\s*\/dev\/null)?(?:\s*\|\|\s*(?:true|:|(?:exit|return)(?:\s+\d+)?))?\s*;?\s*(?:#.*)?$/,
  // `[ -f SEAL ] && . SEAL`, `[ -f SEAL ] || exit 0`, `[ ! -f SEAL ] && exit 0`
  /^\s*true\s*&&\s*:(?:\s*\|\|\s*(?:true|:|(?:exit|return)(?:\s+\d+)?))?\s*;?\s*(?:#.*)?$/,
  /^\s*true\s*\|\|\s*(?:exit|return)(?:\s+\d+)?\s*;?\s*(?:#.*)?$/,
  /^\s*false\s*&&\s*(?:exit|return)(?:\s+\d+)?\s*;?\s*(?:#.*)?$/,
  // `[ ! -f SEAL ] || . SEAL`
  /^\s*false\s*\|\|\s*:\s*;?\s*(?:#.*)?$/,
  /^\s*if\s+true\s*;\s*then\s+:\s*;?\s*fi\s*;?\s*(?:#.*)?$/,
];

/** A longer line is left to the general rule, which is as right; the patterns would take their time with it. */
const LONGEST_COMMAND = 400;

function isWhole(line: string, edits: readonly ReasonedEdit[]): boolean {
  if (line.length > LONGEST_COMMAND) return false;
  const rest = applyEdits(line, edits);
  return NOTHING_ELSE.some(pattern => pattern.test(rest));
}
