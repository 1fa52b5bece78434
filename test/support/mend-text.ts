import { applyLineChanges, type LineChange } from '../../src/analyze/audit/embedding.ts';
import { auditFiles } from './audit-files.ts';

/** One fix can make another one possible, in texts that are broken. */
const MOST_ROUNDS = 3;

/**
 * Makes all fixes of a file, and those that come to light by them.
 * @returns what can still be fixed then, which is nothing
 * @throws Error when two edits are about the same line
 */
export async function leftAfterFixes(path: string, text: string): Promise<readonly LineChange[]> {
  let fixed = text;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const edits = await editsOf(path, fixed);
    for (const [index, { startLine }] of edits.entries()) {
      const isFree = startLine > (edits[index - 1]?.endLine ?? 0);
      if (!isFree) throw new Error(`edits that overlap in ${JSON.stringify(fixed)}`);
    }
    fixed = applyLineChanges(fixed, edits);
  }
  return editsOf(path, fixed);
}

async function editsOf(path: string, text: string): Promise<LineChange[]> {
  const { findings } = await auditFiles({ [path]: text });
  const edits = findings.flatMap(({ fix }) => fix?.edits ?? []);
  const distinct = new Map(edits.map(edit => [JSON.stringify(edit), edit]));
  return [...distinct.values()].sort((a, b) => a.startLine - b.startLine);
}
