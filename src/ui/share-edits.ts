import type { Finding, FindingFix, FixEdit } from '../finding.ts';
import { partitionPoint } from '../partition-point.ts';

/** A fix of a report, with what it has to be made together with. */
export interface SharedFix extends FindingFix {
  /** Fixes with the same number are made together or not at all. */
  readonly group?: number;
}

/**
 * Gives each finding the edits of its own lines. All edits of a unit belong together, but told with each of its
 * findings they would make a report whose size is the square of theirs.
 */
export function shareEdits<F extends Finding>(
  findings: readonly F[],
): (Omit<F, 'fix'> & { readonly fix?: SharedFix })[] {
  const groups = new Map<readonly FixEdit[], F[]>();
  for (const found of findings) {
    const edits = found.fix?.edits;
    if (!edits) continue;
    const group = groups.get(edits);
    if (group) group.push(found);
    else groups.set(edits, [found]);
  }
  const fixes = new Map<F, SharedFix>();
  let number = 0;
  for (const [edits, group] of groups) {
    if (group.length === 1) continue;
    number += 1;
    for (const [found, own] of ownEdits(edits, group)) {
      if (found.fix) fixes.set(found, { ...found.fix, edits: own, group: number });
    }
  }
  return findings.map(found => ({ ...found, ...(fixes.has(found) && { fix: fixes.get(found) }) }));
}

/** A longer text is told once: a document of one line may have a finding for every hundred bytes of it. */
const LONGEST_TWICE = 2000;

/** Edits of lines that no finding is about go to the first one: whoever makes all edits has to find them. */
function ownEdits<F extends Finding>(
  edits: readonly FixEdit[],
  group: readonly F[],
): Map<F, readonly FixEdit[]> {
  const sorted = edits.toSorted((a, b) => a.startLine - b.startLine);
  const taken = new Set<FixEdit>();
  const result = new Map<F, readonly FixEdit[]>();
  for (const found of group) {
    const within = editsWithin(sorted, found.line ?? 1, found.endLine ?? found.line ?? 1);
    const own = within.filter(edit => edit.text.length <= LONGEST_TWICE || !taken.has(edit));
    for (const edit of own) taken.add(edit);
    result.set(found, own);
  }
  const [first] = group;
  const rest = sorted.filter(edit => !taken.has(edit));
  if (first && rest.length > 0) {
    const all = [...(result.get(first) ?? []), ...rest];
    result.set(
      first,
      all.sort((a, b) => a.startLine - b.startLine),
    );
  }
  return result;
}

/** @param sorted edits that do not overlap, from the top */
function editsWithin(sorted: readonly FixEdit[], line: number, endLine: number): FixEdit[] {
  const first = partitionPoint(sorted.length, index => (sorted[index]?.endLine ?? 0) < line);
  const own: FixEdit[] = [];
  for (let at = first; (sorted[at]?.startLine ?? Number.POSITIVE_INFINITY) <= endLine; at += 1) {
    const edit = sorted[at];
    if (edit) own.push(edit);
  }
  return own;
}
