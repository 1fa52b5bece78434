import { append } from '../../append.ts';
import {
  type Finding,
  type FindingFix,
  type FixEdit,
  finding,
  type RuleId,
} from '../../finding.ts';
import type { AuditedEntry } from './audited-tree.ts';
import { allDocuments, type Document, rootOffset } from './document.ts';
import { fixEdits } from './fix-edits.ts';
import { documentIgnores, type Ignore, isIgnored } from './ignores.ts';
import { findMentions } from './mentions/find-mentions.ts';
import { type DocumentRewrite, rewriteDocument } from './rewrite-document.ts';
import type { AuditRule, Observation, Subject } from './subject.ts';

export interface JudgeOptions {
  readonly rules: readonly AuditRule[];
  readonly useIgnores: boolean;
  /** Whether an ignore that silences nothing is a finding. */
  readonly judgesIgnores: boolean;
}

export interface JudgedEntry {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly { readonly finding: Finding; readonly reason: string }[];
}

/** What the rules say of one entry and of everything that is embedded in it. */
export function judgeEntry(entry: AuditedEntry, options: JudgeOptions): JudgedEntry {
  return new Judge(entry, options).judge();
}

interface Remark {
  readonly ruleId: RuleId;
  readonly observation: Observation;
  readonly subject: Subject;
}

class Judge {
  readonly #entry: AuditedEntry;
  readonly #options: JudgeOptions;
  readonly #ignores: Ignore[] = [];
  readonly #used = new Set<string>();

  constructor(entry: AuditedEntry, options: JudgeOptions) {
    this.#entry = entry;
    this.#options = options;
    if (!options.useIgnores || !entry.document) return;
    for (const document of allDocuments(entry.document))
      append(this.#ignores, documentIgnores(document));
  }

  judge(): JudgedEntry {
    const subjects = this.#subjects();
    const remarks = subjects.flatMap(subject => saidOnce(this.#remarks(subject)));
    const open: Remark[] = [];
    const suppressed: { finding: Finding; reason: string }[] = [];
    for (const remark of remarks) {
      const ignore = this.#ignoreOf(remark);
      if (ignore) suppressed.push({ finding: this.#finding(remark), reason: ignore.reason });
      else open.push(remark);
    }
    const fixes = this.#fixes(subjects, open);
    const findings = open.map(remark => this.#finding(remark, fixes(remark)));
    return { findings: [...unique(findings), ...this.#unusedIgnores()], suppressed };
  }

  #subjects(): Subject[] {
    const { provisioned, document, ...entry } = this.#entry;
    const { path, diskPath, node, size } = entry;
    if (!document) return [{ ...entry, mentions: [] }];
    return [...allDocuments(document)].map(part => {
      const own = part.parent || part.files.length > 0 ? provisioned : node;
      const surroundings = own.units.surroundings(part);
      return {
        path,
        nodePath: part.nodePath,
        diskPath,
        node: own,
        document: part,
        mentions: findMentions(part, surroundings),
        ...(size !== undefined && !part.parent && { size }),
      };
    });
  }

  #remarks(subject: Subject): Remark[] {
    return this.#options.rules.flatMap(rule =>
      [...rule.check(subject)].map(observation => ({ ruleId: rule.id, observation, subject })),
    );
  }

  #ignoreOf({ ruleId, observation, subject: { document } }: Remark): Ignore | undefined {
    let found: Ignore | undefined;
    let offset = observation.start;
    for (let part = document; part; part = part.parent?.document) {
      const line = offset === undefined ? undefined : part.lines.lineAt(offset);
      const own = this.#ignores.filter(
        ignore => ignore.document === part && isIgnored(ignore, ruleId, line),
      );
      for (const ignore of own) this.#used.add(placeOf(ignore));
      found ??= own[0];
      offset = part.parent?.embedding.outerOffset(offset ?? 0);
    }
    return found;
  }

  #unusedIgnores(): Finding[] {
    if (!this.#options.judgesIgnores) return [];
    const seen = new Set<string>();
    return this.#ignores.flatMap(ignore => {
      const place = placeOf(ignore);
      if (this.#used.has(place) || seen.has(place)) return [];
      seen.add(place);
      const start = ignore.document.lines.start(ignore.line);
      const observation = { start, message: `ignore[${ignore.rules.join(', ')}] silences nothing` };
      const subject = {
        path: this.#entry.path,
        nodePath: '',
        diskPath: this.#entry.diskPath,
        node: this.#entry.node,
        document: ignore.document,
        mentions: [],
      };
      return [this.#finding({ ruleId: 'TX901', observation, subject })];
    });
  }

  #finding({ ruleId, observation, subject }: Remark, fix = wholeFix(observation)): Finding {
    const { severity, message } = observation;
    return finding(ruleId, {
      path: this.#entry.path,
      ...(severity && { severity }),
      ...placeIn(subject.document, observation),
      message,
      ...(fix && { fix }),
    });
  }

  #fixes(
    subjects: readonly Subject[],
    remarks: readonly Remark[],
  ): (remark: Remark) => FindingFix | undefined {
    const root = this.#entry.document;
    if (!root) return wholeFixOf;
    const rewrites = new Map<Document, DocumentRewrite>();
    const linesOf = fixableLines(remarks);
    for (const { document, mentions, node } of subjects) {
      if (!document) continue;
      const lines = linesOf.get(document) ?? new Set();
      const { environment } = node.units.surroundings(document);
      rewrites.set(document, rewriteDocument({ document, mentions, environment, lines }));
    }
    const edits = fixEdits(
      root,
      new Map([...rewrites].map(([document, { changes }]) => [document, changes])),
    );
    const unsafe = unsafeEdits(rewrites, edits);
    return remark => {
      const { document } = remark.subject;
      const rewrite = document && rewrites.get(document);
      const line =
        document && remark.observation.start !== undefined
          ? document.lines.lineAt(remark.observation.start)
          : 0;
      const description = rewrite?.describe(line);
      const all = document && edits.get(document);
      if (!rewrite || description === undefined || !all) return wholeFixOf(remark);
      return { safety: unsafe.has(all) ? 'unsafe' : 'safe', description, edits: all };
    };
  }
}

/** Edits are shared by the documents that can only be changed together, as those of one line of JSON. */
function unsafeEdits(
  rewrites: ReadonlyMap<Document, DocumentRewrite>,
  edits: ReadonlyMap<Document, readonly FixEdit[]>,
): ReadonlySet<readonly FixEdit[]> {
  const careful = [...rewrites].filter(([, { isSafe }]) => !isSafe);
  return new Set(careful.flatMap(([document]) => [edits.get(document) ?? []]));
}

function wholeFixOf({ observation }: Remark): FindingFix | undefined {
  return wholeFix(observation);
}

function wholeFix({ manual, isRemovable }: Observation): FindingFix | undefined {
  if (isRemovable) return { safety: 'safe', description: 'delete it', removesFile: true };
  return manual === undefined ? undefined : { safety: 'manual', description: manual };
}

/** Lines of each document that something is said about and that an edit may mend. */
function fixableLines(remarks: readonly Remark[]): Map<Document, Set<number>> {
  const result = new Map<Document, Set<number>>();
  for (const { subject, observation } of remarks) {
    const { document } = subject;
    if (!document || observation.start === undefined || observation.isByHand) continue;
    const lines = result.get(document) ?? new Set();
    result.set(document, lines.add(document.lines.lineAt(observation.start)));
  }
  return result;
}

/** A copy of a unit or wrapper of Torcx goes as a whole: nothing in it is worth a word of its own. */
function saidOnce(remarks: readonly Remark[]): readonly Remark[] {
  const copy = remarks.filter(({ ruleId }) => ruleId === 'TX307');
  return copy.length > 0 ? copy : remarks;
}

/** A line that says the same thing twice, as a mount does, is one finding. */
function unique(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ ruleId, line, severity, message, embedded }) => {
    const key = `${ruleId}\0${line}\0${embedded?.path}\0${embedded?.line}\0${severity}\0${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** The same comment is seen in the file and in a text that is embedded in it. */
function placeOf({ document, line }: Ignore): string {
  return `${rootOffset(document, document.lines.start(line))}`;
}

const LONGEST_SNIPPET = 500;

/** The place in the file of the tree, and in the text that is embedded there. */
function placeIn(document: Document | undefined, { start, end }: Observation) {
  if (!document || (start === undefined && !document.parent)) return {};
  let root = document;
  let from = start ?? 0;
  let to = end ?? from;
  if (start === undefined) to = Math.max(document.text.trimEnd().length, 1);
  for (; root.parent; root = root.parent.document) {
    from = root.parent.embedding.outerOffset(from);
    to = root.parent.embedding.outerOffset(to);
  }
  const { lines, text } = root;
  const line = lines.lineAt(from);
  const endLine = Math.max(line, lines.lineAt(Math.max(from, to - 1)));
  const snippet = text
    .slice(lines.start(line), lines.end(line))
    .replace(/\r?\n$/, '')
    .slice(0, LONGEST_SNIPPET);
  return {
    line,
    column: from - lines.start(line) + 1,
    endLine,
    ...(to > from && { endColumn: to - lines.start(endLine) + 1 }),
    snippet,
    ...(document.parent &&
      document.nodePath !== '' && {
        embedded: {
          path: document.nodePath,
          line: start === undefined ? 1 : document.lines.lineAt(start),
        },
      }),
  };
}
