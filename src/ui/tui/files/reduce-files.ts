import type { Finding } from '../../../finding.ts';
import type { Key } from '../../terminal/terminal-event.ts';
import { dropEntry, keepEntry } from '../../wizard/choose-entry.ts';
import type { Analysis } from '../analysis.ts';
import { type AppEvent, isInput } from '../app-event.ts';
import type { TreeNode } from '../entry-tree.ts';
import { following } from '../parts/following.ts';
import { moveList } from '../parts/list-state.ts';
import type { Request } from '../request.ts';
import type { ScreenContext } from '../screen.ts';
import { type Step, step } from '../step.ts';
import {
  type FilesState,
  hearFiles,
  listSize,
  moveCursor,
  nodeAtCursor,
  select,
  viewTree,
} from './files-state.ts';
import { isLeftOut } from './is-left-out.ts';
import { reduceSearch, searchAgain } from './reduce-search.ts';
import { atStart, reduceView } from './reduce-view.ts';
import { FILTERS, SORTS } from './tree-rows.ts';

export function reduceFiles(
  state: FilesState,
  event: AppEvent,
  context: ScreenContext,
): Step<FilesState> | undefined {
  if (!isInput(event)) return hearFiles(state, event, context);
  if (!context.session.analysis) return undefined;
  const searched = reduceSearch(state, event, context);
  if (searched || event.kind === 'paste') return searched;
  return reduceView(state, event.key, context) ?? reduceTree(state, event.key, context);
}

function reduceTree(
  state: FilesState,
  key: Key,
  context: ScreenContext,
): Step<FilesState> | undefined {
  const moved = moveList(state.list, key, listSize(state, context));
  if (moved) return moveCursor(state, moved, context);
  const node = nodeAtCursor(state);
  switch (key) {
    case 'f': {
      const filter = following(FILTERS, state.filter);
      return viewTree(searchAgain({ ...state, filter }, context), {}, context);
    }
    case 's':
      return viewTree(state, { sort: following(SORTS, state.sort) }, context);
    case 'e':
      return step(state, exportRequest(context));
    default:
      return node && reduceNode(state, key, { node, context });
  }
}

function reduceNode(
  state: FilesState,
  key: Key,
  { node, context }: { readonly node: TreeNode; readonly context: ScreenContext },
): Step<FilesState> | undefined {
  const isDirectory = node.children.length > 0;
  switch (key) {
    case 'right':
    case 'l':
      return isDirectory ? openDirectory(state, node, context) : step(state);
    case 'left':
    case 'h':
      return closeDirectory(state, node, context);
    case ' ':
      return toggleEntry(state, node, context);
    case 'x':
      return step(state, explainRequest(node, context));
    case 'v':
      return isDirectory
        ? toggleFold(state, node.path, context)
        : step(atStart({ ...state, isFull: true }));
    case 'enter':
      if (context.isWizard) return step(state, { do: 'next' });
      return isDirectory
        ? toggleFold(state, node.path, context)
        : step(atStart({ ...state, isFull: true }));
    default:
      return undefined;
  }
}

function openDirectory(
  state: FilesState,
  { path }: TreeNode,
  context: ScreenContext,
): Step<FilesState> {
  if (state.folded.has(path)) return toggleFold(state, path, context);
  // Open already: the first entry in it.
  const { cursor } = state.list;
  return select(state, state.rows[cursor + 1]?.path, context);
}

function closeDirectory(
  state: FilesState,
  { path, children }: TreeNode,
  context: ScreenContext,
): Step<FilesState> {
  if (children.length > 0 && !state.folded.has(path)) return toggleFold(state, path, context);
  return select(state, path.slice(0, path.lastIndexOf('/')), context);
}

function toggleFold(state: FilesState, path: string, context: ScreenContext): Step<FilesState> {
  const folded = new Set(state.folded);
  if (!folded.delete(path)) folded.add(path);
  return viewTree(state, { folded }, context);
}

/** What goes stays, what stays goes; the next plan says what follows from it. */
function toggleEntry(
  state: FilesState,
  node: TreeNode,
  { session: { choices } }: ScreenContext,
): Step<FilesState> {
  const { path, what } = node;
  if (what === 'added' || 'created' in what) {
    const text = 'the conversion adds this; Units and Options decide about it';
    return step(state, { do: 'say', text });
  }
  const toggled = isLeftOut(node, choices) ? keepEntry : dropEntry;
  return step(state, { do: 'choose', choices: toggled(choices, path) });
}

function explainRequest(node: TreeNode, { session: { analysis } }: ScreenContext): Request {
  const found = analysis ? findingsBelow(analysis, node) : [];
  const rules = [...new Set(found.map(({ ruleId }) => ruleId))];
  return rules.length > 0
    ? { do: 'explain', rules }
    : { do: 'say', text: 'no finding is about this entry' };
}

function findingsBelow(analysis: Analysis, node: TreeNode): Finding[] {
  const own = analysis.findings.get(node.path) ?? [];
  return [...own, ...node.children.flatMap(child => findingsBelow(analysis, child))];
}

function exportRequest({ session: { analysis } }: ScreenContext): Request {
  const name = analysis?.report.extension?.name ?? analysis?.report.input.name ?? 'image';
  return {
    do: 'ask',
    question: 'Write the plan as JSON to',
    text: `${name}.plan.json`,
    answers: 'savePlan',
  };
}
