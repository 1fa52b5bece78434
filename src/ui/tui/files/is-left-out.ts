import type { Answers } from '../../../command-line/answers.ts';
import { entryChoice } from '../../../entry-choice.ts';
import type { TreeNode } from '../entry-tree.ts';

/** Whether the extension goes without this entry; the plan may be of choices before the last ones. */
export function isLeftOut({ path, what }: TreeNode, choices: Answers): boolean {
  const choice = entryChoice(path, choices);
  if (choice !== undefined) return choice === 'drop';
  return what !== 'added' && 'entry' in what && what.entry.to === null;
}
