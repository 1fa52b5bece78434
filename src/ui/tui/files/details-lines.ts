import type { EntryRow } from '../../../convert/inspect-report.ts';
import { elfFacts, scriptWords } from '../../elf-lines.ts';
import { modeText } from '../../entry-lines.ts';
import { sizeText } from '../../size-text.ts';
import { startWords } from '../../unit-lines.ts';
import { type Analysis, findingsOf } from '../analysis.ts';
import type { TreeNode } from '../entry-tree.ts';
import { findingFact } from '../parts/finding-fact.ts';
import { type Labelled, labelledLines } from '../parts/labelled-lines.ts';
import type { Line } from '../parts/span.ts';

/** What is known about one entry, in lines of at most `columns` cells where words allow: findings first. */
export function detailsLines(node: TreeNode, analysis: Analysis, columns: number): readonly Line[] {
  return labelledLines(
    [
      ...placeFacts(node),
      ...findingsOf(analysis, node.path).map(findingFact),
      ...contentFacts(node, analysis),
    ],
    columns,
  );
}

function placeFacts({ what }: TreeNode): readonly Labelled[] {
  if (what === 'added') return [['what', 'what the extension needs and the archive does not have']];
  if ('created' in what) {
    return [
      ['goes to', what.created.to],
      ['because', what.created.reason],
    ];
  }
  const { to, action, reason, target, newTarget } = what.entry;
  return [
    [
      'goes to',
      to === null ? 'nowhere: left out' : `${to}${action === 'rewrite' ? ', rewritten' : ''}`,
    ],
    ['because', reason],
    ...(target === null ? [] : [['link to', target] as const]),
    ...(newTarget === null ? [] : [['now to', newTarget] as const]),
  ];
}

function contentFacts({ what, path }: TreeNode, { report }: Analysis): readonly Labelled[] {
  if (what === 'added' || 'created' in what) return [];
  const { entry } = what;
  const elf = report.elf.find(row => row.path === path);
  const script = report.scripts.find(row => row.path === path);
  const unit = report.units.find(row => row.path === path);
  const starters = unit ? startWords(unit) : '';
  return [
    ...(elf ? elfFacts(elf) : []),
    ...(script ? [['script', scriptWords(script)] as const] : []),
    ...(starters === '' ? [] : [['started by', starters] as const]),
    ['mode', modeFact(entry)],
    ...(entry.size === null ? [] : [['size', sizeText(entry.size)] as const]),
  ];
}

function modeFact(entry: EntryRow): string {
  const { mode, uid, gid, capabilities } = entry;
  const rights = capabilities === null ? '' : `, ${capabilities}`;
  return `${modeText(entry)} (${mode}), user ${uid}, group ${gid}${rights}`;
}
