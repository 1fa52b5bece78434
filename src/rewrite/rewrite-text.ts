import {
  findTorcxReferences,
  isTorcxVariable,
  type TorcxReference,
} from '../analyze/torcx-reference.ts';
import { parseUnitFile } from '../analyze/unit-file.ts';
import { SEAL_PATH } from './alias-path.ts';
import { goneVariable } from './gone-variable.ts';
import { leftoverAdvice } from './leftover-advice.ts';
import { type ReasonedEdit, reasonsOf, referenceEdits } from './reference-edits.ts';
import { isReplacement, resolveReference } from './resolve-reference.ts';
import {
  type Leftover,
  type Rewrite,
  type RewriteContext,
  type RewriteNote,
  unchanged,
} from './rewrite-context.ts';
import { rewriteUnit } from './rewrite-unit.ts';
import { type ScriptLine, scriptLines } from './script-lines.ts';
import { lineAssignment, type ScriptScope, scriptScope } from './script-variables.ts';
import { sealEdits } from './shell-seal.ts';
import { applyEdits, type LineEdit } from './text-edit.ts';
import { type TextSyntax, textSyntax } from './text-syntax.ts';

/** A text file of the image that is no unit. */
export interface TextSource {
  readonly path: string;
  readonly text: string;
  /** Told from the path and the first line when absent. */
  readonly syntax?: TextSyntax;
}

/**
 * Takes Torcx out of a script or configuration file. A line is rewritten as a whole or, when one of its references
 * cannot be resolved, not at all: half a rewritten command does more harm than one that fails as a whole.
 */
export function rewriteText(source: TextSource, context: RewriteContext): Rewrite {
  if (findTorcxReferences(source.text).length === 0) return unchanged(source.text);
  const syntax = source.syntax ?? textSyntax(source.path, source.text);
  return new TextRewriter(source.text, syntax, context).rewrite();
}

/** A line of the result: unchanged, changed, or gone. */
interface LineChange {
  readonly text: string | undefined;
  readonly because: readonly string[];
  readonly notes: readonly string[];
}

class TextRewriter {
  readonly #syntax: TextSyntax;
  readonly #context: RewriteContext;
  readonly #lines: readonly ScriptLine[];
  readonly #scope: ScriptScope;
  /** Variables of Torcx that the result goes on using. */
  readonly #stillUsed: ReadonlySet<string>;
  readonly #edits: LineEdit[] = [];
  readonly #notes: RewriteNote[] = [];
  /** The last line of the result that the shell executes. */
  #commandBefore = '';

  constructor(text: string, syntax: TextSyntax, context: RewriteContext) {
    this.#syntax = syntax;
    this.#context = context;
    this.#lines = scriptLines(text, syntax);
    this.#scope = scriptScope(this.#lines, context);
    this.#stillUsed = this.#findStillUsed();
  }

  rewrite(): Rewrite {
    const result: string[] = [];
    const keep = (line: ScriptLine, text: string) => {
      if (isCommand({ ...line, text })) this.#commandBefore = text;
      result.push(text, line.eol);
    };
    for (let index = 0; index < this.#lines.length; index += 1) {
      const line = this.#lines[index];
      if (!line) break;
      if (line.unit?.start === index) {
        result.push(this.#rewriteUnit(line.unit.start, line.unit.end));
        index = line.unit.end - 1;
        continue;
      }
      const change = this.#change(index);
      if (change) this.#record(line, change);
      if (!change) keep(line, line.text);
      else if (change.text !== undefined) keep(line, change.text);
    }
    const text = result.join('');
    return {
      text,
      edits: this.#edits,
      notes: this.#notes,
      leftovers: this.#leftovers(text),
    };
  }

  #record({ number, text: before }: ScriptLine, { text, because, notes }: LineChange): void {
    const after = text === undefined ? {} : { after: text };
    this.#edits.push({ line: number, before, ...after, because: because.join('; ') });
    for (const message of notes) this.#notes.push({ line: number, message });
  }

  /** A here-document that writes a unit is rewritten as the unit that it is; escapes of the shell stay. */
  #rewriteUnit(start: number, end: number): string {
    const body = this.#lines.slice(start, end);
    const text = body.map(line => line.text + line.eol).join('');
    const rewrite = rewriteUnit(parseUnitFile(text), this.#context);
    for (const edit of rewrite.edits) this.#edits.push({ ...edit, line: edit.line + start });
    for (const note of rewrite.notes) this.#notes.push({ ...note, line: note.line + start });
    return rewrite.text;
  }

  #change(index: number): LineChange | undefined {
    const line = this.#lines[index];
    if (!line || !this.#hasReference(line.text)) return;
    const isCode = line.kind === 'code' && this.#syntax === 'shell';
    const dropped =
      line.kind === 'code' && this.#syntax !== 'json' && this.#droppedAssignment(line);
    if (dropped) return { ...this.#without(index, [dropped]), notes: this.#goneNotes(line) };
    const names = isCode ? this.#droppedNames(line) : undefined;
    if (names) return names.text === undefined ? this.#without(index, names.because) : names;
    const general = referenceEdits(line.text, this.#scope, this.#scope);
    const seal = isCode ? this.#sealEdits(line, general.references) : undefined;
    if (seal?.isWhole) return this.#without(index, reasonsOf(seal.edits));
    const isOpen = general.unresolved.some(({ reference }) => !seal?.handled.has(reference));
    if (isOpen && this.#syntax !== 'json') return;
    const edits = seal ? mergeEdits(seal.edits, general.edits) : general.edits;
    if (edits.length === 0) return;
    const text = applyEdits(line.text, edits);
    const because = reasonsOf(edits);
    if (this.#syntax === 'tmpfiles' && pointsAtItself(text)) {
      return { text: undefined, because: ['the file is at this path already'], notes: [] };
    }
    return { text, because, notes: general.notes };
  }

  /** Nothing of the line is left but, where a command has to stand, the empty one. */
  #without(index: number, because: readonly string[]): LineChange {
    const line = this.#lines[index];
    const isNeeded = this.#syntax === 'shell' && this.#needsCommand(index);
    const indentation = /^\s*/.exec(line?.text ?? '')?.[0] ?? '';
    return { text: isNeeded ? `${indentation}:` : undefined, because, notes: [] };
  }

  /** Whether a command has to stand here: the one before goes on, or the branch would be empty. */
  #needsCommand(index: number): boolean {
    if (/(?:&&|\|\|?|\\)\s*$/.test(this.#commandBefore)) return true;
    let behind = index + 1;
    while (behind < this.#lines.length && !isCommand(this.#lines[behind])) behind += 1;
    const closes = CLOSES_BRANCH.test(this.#lines[behind]?.text ?? '');
    return closes && OPENS_BRANCH.test(this.#commandBefore);
  }

  /** A script that still needs a variable of the file is better off where it fails at reading it. */
  get #needsSeal(): boolean {
    return [...this.#stillUsed].some(name => name !== 'TORCX_IMAGEDIR');
  }

  #sealEdits(line: ScriptLine, references: readonly TorcxReference[]) {
    return this.#needsSeal ? undefined : sealEdits(line.text, references, this.#context);
  }

  #droppedAssignment({ text }: ScriptLine): string | undefined {
    const name = lineAssignment(text)?.name ?? '';
    const alias = this.#scope.aliases.get(name);
    if (alias === SEAL_PATH) {
      return this.#needsSeal ? undefined : `nothing reads the file in ${name} any more`;
    }
    if (alias !== undefined) {
      return `the directory in ${name} has no successor, and each use of it got its own path`;
    }
    if (!isTorcxVariable(name) || this.#stillUsed.has(name)) return;
    return `nothing uses ${name} any more`;
  }

  /** Programs that the script starts see what it exports. */
  #goneNotes({ text }: ScriptLine): string[] {
    const name = lineAssignment(text)?.name ?? '';
    const exports = new RegExp(
      String.raw`\b(?:export|declare\s+-x)(?:\s+[A-Za-z_]\w*(?:=\S*)?){0,16}\s+${name}(?!\w)`,
    );
    const isExported =
      this.#scope.aliases.has(name) && this.#lines.some(line => exports.test(line.text));
    if (!isExported) return [];
    return [goneVariable(name)];
  }

  /** `export TORCX_BINDIR OTHER` without the names that nothing uses. */
  #droppedNames({ text }: ScriptLine): LineChange | undefined {
    const [, command, list] = /^(\s*(?:export|unset|readonly)\s+)([\w \t]+)$/.exec(text) ?? [];
    if (command === undefined || list === undefined) return;
    const names = list.trim().split(/[ \t]+/);
    const kept = names.filter(name => !isTorcxVariable(name) || this.#stillUsed.has(name));
    if (kept.length === names.length) return;
    const because = ['variables of Torcx do not exist any more'];
    return { text: kept.length > 0 ? command + kept.join(' ') : undefined, because, notes: [] };
  }

  #findStillUsed(): Set<string> {
    const used = new Set<string>();
    for (const { text, kind, unit } of this.#lines) {
      if (kind === 'comment' || unit) continue;
      const assigned = lineAssignment(text)?.name ?? '';
      if (isTorcxVariable(assigned) || this.#scope.aliases.has(assigned)) continue;
      const references = findTorcxReferences(text, this.#scope);
      const handled =
        this.#syntax === 'shell' ? sealEdits(text, references, this.#context).handled : undefined;
      const isOpen = (reference: TorcxReference) =>
        !handled?.has(reference) && !isReplacement(resolveReference(reference, this.#scope));
      // The line stays as it is when one reference is open, and then it uses all its variables.
      if (!references.some(isOpen) || /^\s*(?:export|unset|readonly)\s+[\w \t]+$/.test(text))
        continue;
      for (const { variable, meaning } of references) {
        if (variable !== undefined && meaning.kind !== 'name') used.add(variable);
        if (meaning.kind === 'unpack' && meaning.imageDir) used.add('TORCX_IMAGEDIR');
      }
    }
    return used;
  }

  #hasReference(text: string): boolean {
    const isDefinition = this.#scope.aliases.has(lineAssignment(text)?.name ?? '');
    return isDefinition || findTorcxReferences(text, this.#scope).length > 0;
  }

  #leftovers(text: string): Leftover[] {
    const lines = scriptLines(text, this.#syntax);
    return findTorcxReferences(text).map(reference => {
      const { line, column, text: spelling, meaning } = reference;
      const resolution = resolveReference(reference, this.#scope);
      const reason = isReplacement(resolution)
        ? 'it shares a line with something that cannot be resolved'
        : meaning.kind === 'seal' && this.#syntax === 'shell' && this.#stillUsed.size > 0
          ? 'the file does not exist any more, but variables from it are still used'
          : resolution.reason;
      const inComment = lines[line - 1]?.kind === 'comment';
      const advice = leftoverAdvice(meaning, this.#context.imageName);
      return { line, column, text: spelling, reason, advice, inComment };
    });
  }
}

const OPENS_BRANCH = /(?:^|[\s;])(?:then|do|else)\s*$|[({)]\s*$/;
const CLOSES_BRANCH = /^\s*(?:fi|done|else|elif|esac|;;|\}|\))/;

function isCommand(line: ScriptLine | undefined): boolean {
  return line?.kind === 'code' && line.text.trim() !== '';
}

/** Both lists, ascending; of the second only what does not lie in an edit of the first. */
function mergeEdits(
  first: readonly ReasonedEdit[],
  second: readonly ReasonedEdit[],
): readonly ReasonedEdit[] {
  let next = 0;
  const others = second.filter(({ start, end }) => {
    while ((first[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next += 1;
    return end <= (first[next]?.start ?? Number.POSITIVE_INFINITY);
  });
  return [...first, ...others];
}

/** A tmpfiles.d line that would put a file in place of itself. */
function pointsAtItself(line: string): boolean {
  const [type = '', path, , , , , argument] = line.trim().split(/\s+/);
  return /^[LC]/.test(type) && path !== undefined && path === argument;
}
