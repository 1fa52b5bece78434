import type { FindingFix, FixEdit } from '../../finding.ts';
import type { Document } from './document.ts';
import { fixEdits } from './fix-edits.ts';
import { type DocumentRewrite, rewriteDocument } from './rewrite-document.ts';
import type { Remark, Subject } from './subject.ts';

interface Remarks {
  /** The file of the tree; absent where there is no text to be edited. */
  readonly root: Document | undefined;
  /** The file and everything that is embedded in it. */
  readonly subjects: readonly Subject[];
  readonly remarks: readonly Remark[];
}

/** What can be done about each remark on a file: its lines are rewritten all together, so that the edits fit each other. */
export function remarkFixes({
  root,
  subjects,
  remarks,
}: Remarks): (remark: Remark) => FindingFix | undefined {
  if (!root) return wholeFix;
  const rewrites = rewritesOf(subjects, fixableLines(remarks));
  const changes = new Map([...rewrites].map(([document, { changes }]) => [document, changes]));
  const edits = fixEdits(root, changes);
  const unsafe = unsafeEdits(rewrites, edits);
  return remark => {
    const { document } = remark.subject;
    const own = document && edits.get(document);
    const description = document && rewrites.get(document)?.describe(lineOf(remark, document));
    if (description === undefined || !own) return wholeFix(remark);
    return { safety: unsafe.has(own) ? 'unsafe' : 'safe', description, edits: own };
  };
}

/** What becomes of the file as a whole, or has to be done by hand. */
export function wholeFix({ observation }: Remark): FindingFix | undefined {
  const { manual, isRemovable } = observation;
  if (isRemovable) return { safety: 'safe', description: 'delete it', removesFile: true };
  return manual === undefined ? undefined : { safety: 'manual', description: manual };
}

function rewritesOf(
  subjects: readonly Subject[],
  linesOf: ReadonlyMap<Document, ReadonlySet<number>>,
): Map<Document, DocumentRewrite> {
  const rewrites = new Map<Document, DocumentRewrite>();
  for (const { document, mentions, node } of subjects) {
    if (!document) continue;
    const lines = linesOf.get(document) ?? new Set<number>();
    const { environment } = node.units.surroundings(document);
    rewrites.set(document, rewriteDocument({ document, mentions, environment, lines }));
  }
  return rewrites;
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

/** 0, which no line has, for a remark on the whole document. */
function lineOf({ observation: { start } }: Remark, document: Document): number {
  return start === undefined ? 0 : document.lines.lineAt(start);
}

/** Edits are shared by the documents that can only be changed together, as those of one line of JSON. */
function unsafeEdits(
  rewrites: ReadonlyMap<Document, DocumentRewrite>,
  edits: ReadonlyMap<Document, readonly FixEdit[]>,
): ReadonlySet<readonly FixEdit[]> {
  const careful = [...rewrites].filter(([, { isSafe }]) => !isSafe);
  return new Set(careful.flatMap(([document]) => [edits.get(document) ?? []]));
}
