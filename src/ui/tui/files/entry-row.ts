import { FLAG_LETTERS } from '../../entry-lines.ts';
import { sizeText } from '../../size-text.ts';
import type { TreeNode } from '../entry-tree.ts';
import { glyphs } from '../parts/charset-scope.ts';
import { findingSpan } from '../parts/finding-span.ts';
import { cellWidth, cutMiddle, fitText } from '../parts/fit-text.ts';
import { letterCounts } from '../parts/letter-counts.ts';
import { screenText } from '../parts/screen-text.ts';
import type { Line, Span } from '../parts/span.ts';
import type { Tone } from '../theme.ts';

/** How one line of the tree is to be shown. */
interface EntryRowLook {
  readonly columns: number;
  readonly isSelected: boolean;
  readonly isFolded: boolean;
  /** What the user has chosen about the entry. */
  readonly choice: 'drop' | 'keep' | undefined;
}

const SIZE_CELLS = 9;
const FLAG_CELLS = 10;
const FINDING_CELLS = 4;
/** From this width on there is room for the place in the extension. */
const COLUMNS_FOR_PLACE = 70;
/** Names are indented, and places that differ mostly do so at one end. */
const NAME_SHARE = 0.58;

/** One line of the tree: size, name, flags, findings, and where it goes. */
export function entryRow(node: TreeNode, look: EntryRowLook): Line {
  const { columns, isSelected, choice } = look;
  const room = Math.max(0, columns - 4 - SIZE_CELLS - FLAG_CELLS - FINDING_CELLS);
  const nameCells = columns < COLUMNS_FOR_PLACE ? room : Math.ceil(room * NAME_SHARE);
  const placeCells = room - nameCells;
  const spans: Span[] = [
    { text: isSelected ? '>' : ' ' },
    { text: `${fitText(shortSize(node), SIZE_CELLS, 'right')} ` },
    { text: CHOICE_MARKS[choice ?? 'none'], tone: choice && 'accent' },
    { text: fitText(nameText(node, look, nameCells), nameCells), tone: nameTone(node) },
    { text: ' ' },
    { text: fitText(flagText(node), FLAG_CELLS) },
    findingSpan(node.tally, FINDING_CELLS),
    { text: fitText(cutMiddle(placeText(node), placeCells), placeCells), tone: 'faint' },
  ];
  // The cursor's line is inverse as a whole: colours in it would be holes.
  return isSelected ? spans.map(({ text }) => ({ text, tone: 'selected' })) : spans;
}

/** Room for an arrow and the beginning of a name. */
const LEAST_LINK_CELLS = 7;

const CHOICE_MARKS = { drop: '-', keep: '+', none: ' ' } as const;

function shortSize({ what, size }: TreeNode): string {
  const hasSize = what !== 'added' && 'entry' in what && (size > 0 || what.entry.kind === 'file');
  return hasSize ? sizeText(size).replace(/ bytes?$/, ' B') : '';
}

function nameText(
  { name, depth, what, children }: TreeNode,
  { isFolded }: EntryRowLook,
  cells: number,
): string {
  const isDirectory = what === 'added' || ('entry' in what && what.entry.kind === 'directory');
  const { folded, open } = glyphs();
  const handle = children.length === 0 ? '  ' : isFolded ? `${folded} ` : `${open} `;
  const target = what !== 'added' && 'entry' in what && what.entry.target;
  const link = target ? ` -> ${screenText(target)}` : '';
  const start = '  '.repeat(depth) + handle;
  const end = isDirectory ? '/' : '';
  const room = Math.max(0, cells - start.length - end.length);
  const shown = cutMiddle(screenText(name), room);
  // The beginning of an arrow says nothing.
  return start + shown + end + (room - cellWidth(shown) < LEAST_LINK_CELLS ? '' : link);
}

function nameTone({ what, tally }: TreeNode): Tone | undefined {
  if (what === 'added' || 'created' in what) return 'added';
  if (what.entry.to === null && what.entry.kind !== 'directory') return 'faint';
  if (what.entry.kind === 'directory') return 'strong';
  return tally.rewritten > 0 ? 'warning' : undefined;
}

/** Letters of an entry; of a directory how many of each are in it. */
function flagText({ what, tally, children }: TreeNode): string {
  if (what === 'added') return '';
  if ('created' in what) return '';
  if (children.length === 0) return what.entry.flags.map(flag => FLAG_LETTERS[flag]).join('');
  const { dynamic, static: unlinked, rewritten, dropped } = tally;
  return letterCounts([
    [dynamic, 'D'],
    [unlinked, 'S'],
    [rewritten, 'R'],
    [dropped, 'X'],
  ]);
}

/** Where it goes; the name is not repeated where it stays. */
function placeText({ name, what, children }: TreeNode): string {
  if (what === 'added' || 'created' in what) return '';
  const { to, kind } = what.entry;
  if (to === null) return kind === 'directory' && children.length > 0 ? '' : 'left out';
  const { becomes } = glyphs();
  if (kind === 'directory') return `${becomes} ${screenText(to)}/`;
  return `${becomes} ${screenText(to.endsWith(`/${name}`) ? to.slice(0, -name.length) : to)}`;
}
