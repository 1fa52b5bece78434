import type { Rewrite, RewriteContext } from '../../rewrite/rewrite-context.ts';
import { rewriteText } from '../../rewrite/rewrite-text.ts';
import { rewriteUnit } from '../../rewrite/rewrite-unit.ts';
import type { LineEdit } from '../../rewrite/text-edit.ts';
import type { TextSyntax } from '../../rewrite/text-syntax.ts';
import { findTorcxReferences } from '../torcx-reference.ts';
import { answersTest } from './answered-tests.ts';
import { type Document, isCopy } from './document.ts';
import { applyLineChanges, type LineChange } from './embedding.ts';
import type { Mention } from './mentions/mention.ts';
import { usualPath } from './usual-path.ts';

/** Changes that take Torcx out of one document, and whether somebody has to look at them. */
export interface DocumentRewrite {
  readonly changes: readonly LineChange[];
  readonly isSafe: boolean;
  /** What becomes of one line of the document; undefined for one that stays as it is. */
  describe(line: number): string | undefined;
}

interface RewriteInput {
  readonly document: Document;
  readonly mentions: readonly Mention[];
  readonly environment: (name: string) => string | undefined;
  /** Lines of the document that a finding is about. */
  readonly lines: ReadonlySet<number>;
}

/** Of documents that are no unit: how their text is read. Absent: it is not rewritten. */
const SYNTAXES: Readonly<Partial<Record<Document['kind'], TextSyntax>>> = {
  shell: 'shell',
  udev: 'udev',
  tmpfiles: 'tmpfiles',
  json: 'json',
  yaml: 'plain',
  environment: 'plain',
  settings: 'plain',
  terraform: 'plain',
  dockerfile: 'plain',
  crontab: 'plain',
};

export function rewriteDocument(input: RewriteInput): DocumentRewrite {
  const { document, mentions, environment, lines } = input;
  const { text, unit, kind, nodePath: path } = document;
  const syntax = SYNTAXES[kind];
  // The rewriters count lines as systemd and shells do, whose ends include a lone CR and a NUL.
  if (isCopy(document) || (!unit && !syntax) || lines.size === 0 || /\r(?!\n)|\0/.test(text))
    return NOTHING;
  const context = contextFor(mentions, environment);
  const rewrite = unit
    ? rewriteUnit(unit, context)
    : rewriteText({ path, text, ...(syntax && { syntax }) }, context);
  const referring = new Set(findTorcxReferences(text).map(({ line }) => line));
  const wanted = rewrite.edits
    .map(edit => lineChange(document, edit))
    .filter(change => isWanted(document, change, { found: lines, referring }));
  const changes = withCommand(document, wanted);
  const descriptions = new Map<number, string | undefined>();
  const byLine = new Map(changes.flatMap(change => linesOf(change).map(line => [line, change])));
  return {
    changes,
    isSafe: isSafe(rewrite, input) && !answersTest(document, mentions, line => byLine.get(line)),
    describe(line) {
      // Many findings may be in one line.
      if (!descriptions.has(line)) descriptions.set(line, describe(byLine.get(line), line));
      return descriptions.get(line);
    },
  };
}

const NOTHING: DocumentRewrite = { changes: [], isSafe: true, describe: () => undefined };

type Change = LineChange & Pick<LineEdit, 'before' | 'after'>;

function lineChange(document: Document, { line, before, after }: LineEdit): Change {
  const endLine = line + before.split('\n').length - 1;
  const eol = /\r?\n$/.exec(lineText(document, endLine))?.[0] ?? '';
  const text = after === undefined ? '' : after + eol;
  return { startLine: line, endLine, text, before, ...(after !== undefined && { after }) };
}

/** A carrier may refuse a script of which nothing is left. */
function withCommand(document: Document, changes: readonly Change[]): readonly Change[] {
  const last = changes.at(-1);
  if (document.kind !== 'shell' || !document.parent || last?.text !== '') return changes;
  if (/^[ \t]*[^\s#]/m.test(applyLineChanges(document.text, changes))) return changes;
  const eol = /\r?\n$/.exec(lineText(document, last.endLine))?.[0] ?? '';
  return [...changes.slice(0, -1), { ...last, text: `:${eol}`, after: ':' }];
}

function linesOf({ startLine, endLine }: LineChange): number[] {
  return Array.from({ length: endLine - startLine + 1 }, (_, index) => startLine + index);
}

function lineText({ text, lines }: Document, line: number): string {
  return text.slice(lines.start(line), lines.end(line));
}

function describe(change: Change | undefined, line: number): string | undefined {
  if (!change) return;
  const { before, after, startLine } = change;
  if (after === undefined) return 'delete the line';
  const old = before.split('\n');
  const lines = after.split('\n');
  const index = line - startLine;
  if (old.length === lines.length) {
    const text = lines[index] ?? '';
    return text === old[index] ? undefined : `write ${excerpt(text, old[index] ?? '')}`;
  }
  return `write ${excerpt(lines.find(text => !old.includes(text)) ?? after, before)}`;
}

/** A line of JSON may be the whole file. */
const LONGEST_EXCERPT = 400;
/** So much of a long line stands before what is changed. */
const LEAD = 80;

/** The line, or as much of it as is around its first change. */
function excerpt(line: string, old: string): string {
  const text = line.trim();
  if (text.length <= LONGEST_EXCERPT) return text;
  let same = 0;
  while (same < line.length && line.charCodeAt(same) === old.charCodeAt(same)) same += 1;
  const start = Math.max(0, same - LEAD);
  const shown = line.slice(start, start + LONGEST_EXCERPT).trim();
  return `${start > 0 ? '…' : ''}${shown}${start + LONGEST_EXCERPT < line.length ? '…' : ''}`;
}

/** What must stay as it is: comments, patterns and messages, and what the user wants to keep. */
function isWanted(
  { embedded, lines: index }: Document,
  change: LineChange,
  kept: KeptLines,
): boolean {
  const lines = linesOf(change);
  const start = index.start(change.startLine);
  const end = index.end(change.endLine);
  // What is embedded here is rewritten as what it is.
  if (embedded.overlaps(start, end)) return false;
  // A line without a reference only uses a variable whose definition goes.
  return lines.some(line => kept.found.has(line)) || !lines.some(line => kept.referring.has(line));
}

interface KeptLines {
  /** Lines that a finding is about. */
  readonly found: ReadonlySet<number>;
  /** Lines with a reference of whatever kind. */
  readonly referring: ReadonlySet<number>;
}

/** Programs that Flatcar's own extensions bring. */
const BUILT_IN =
  /^(?:docker|dockerd|docker-init|docker-proxy|containerd|containerd-shim(?:-runc-v[12])?|ctr|runc|tini)$/;

function isSafe({ leftovers, notes }: Rewrite, { mentions, document }: RewriteInput): boolean {
  const doubtful = mentions.some(
    mention => mention.strength !== 'inert' && (isForeign(mention) || isRevived(mention, document)),
  );
  return !doubtful && notes.length === 0 && leftovers.every(({ inComment }) => inComment);
}

/** Only some images have it, and nobody knows whether they are converted, or it is all that /usr/bin has now. */
function isForeign({ reference: { meaning }, use }: Mention): boolean {
  if (meaning.kind === 'bin') {
    return meaning.name === undefined ? use !== 'search-path' : !BUILT_IN.test(meaning.name);
  }
  if (meaning.kind !== 'unpack' || meaning.path === undefined) return false;
  return (
    !/^usr\/share\/containerd\//.test(meaning.path) &&
    !BUILT_IN.test(meaning.path.replace(/^.*bin\//, ''))
  );
}

/** A script passes it over without Torcx, and would go on with it once the path is right again. */
function isRevived(
  { reference: { meaning }, use, strength }: Mention,
  { kind }: Document,
): boolean {
  const isScript = kind === 'shell' || kind === 'crontab' || kind === 'dockerfile';
  const isFile = meaning.kind === 'bin' || meaning.kind === 'unpack';
  return isScript && isFile && strength === 'soft' && use !== 'search-path';
}

function contextFor(
  mentions: readonly Mention[],
  environment: (name: string) => string | undefined,
): RewriteContext {
  const images = mentions.map(({ reference: { meaning } }) =>
    meaning.kind === 'unpack' ? meaning.image : undefined,
  );
  return {
    imageName: images.find(name => name !== undefined) ?? 'docker',
    mapsAllImages: true,
    mapPath: usualPath,
    mapBin: name => `/usr/bin/${name}`,
    environment,
  };
}
