import { largest } from '../../../largest.ts';
import { sizeText } from '../../size-text.ts';
import type { ListedEntry, StoreOffer } from '../../wizard/wizard-services.ts';
import { cutMiddle, fitText } from '../parts/fit-text.ts';
import { type Labelled, labelledLines } from '../parts/labelled-lines.ts';
import { screenText } from '../parts/screen-text.ts';
import type { Line } from '../parts/span.ts';
import type { Tone } from '../theme.ts';
import type { SourceRow } from './source-state.ts';

const SIZE_CELLS = 10;

interface SourceRowLook {
  readonly columns: number;
  /** Of {@link noteCells}. */
  readonly noteCells: number;
  readonly isSelected: boolean;
}

/** What the notes of these rows take: the rest is for their names. */
export function noteCells(rows: readonly SourceRow[]): number {
  return largest(
    rows.map(row => wordsOf(row).note.length),
    0,
  );
}

/** One line of the list: the name, the size, and what it is. */
export function sourceLine(
  row: SourceRow,
  { columns, noteCells: cells, isSelected }: SourceRowLook,
): Line {
  const { name, size, note, tone } = wordsOf(row);
  const nameCells = Math.max(1, columns - 3 - SIZE_CELLS - cells);
  const spans = [
    { text: isSelected ? '> ' : '  ' },
    { text: fitText(cutMiddle(screenText(name), nameCells), nameCells), tone },
    { text: fitText(size === undefined ? '' : sizeText(size), SIZE_CELLS, 'right') },
    { text: ` ${fitText(note, cells)}`, tone: 'faint' as const },
  ];
  return isSelected ? spans.map(({ text }) => ({ text, tone: 'selected' })) : spans;
}

const USES: Readonly<Record<StoreOffer['use'], string>> = {
  running: 'in use on this node',
  selected: 'selected for next boot',
  stored: 'in a store',
};

const KINDS: Readonly<Record<ListedEntry['kind'], string>> = {
  directory: '',
  image: 'Torcx image',
  archive: 'archive',
  file: 'file',
};

interface RowWords {
  readonly name: string;
  readonly size?: number | undefined;
  readonly note: string;
  readonly tone?: Tone | undefined;
}

function wordsOf(row: SourceRow): RowWords {
  switch (row.kind) {
    case 'offer': {
      const { image, size, use } = row.offer;
      return { name: `${image.name}:${image.reference}`, size, note: USES[use], tone: 'accent' };
    }
    case 'up':
      return { name: '../', note: 'the directory above' };
    case 'entry': {
      const { name, kind, size } = row.entry;
      const isDirectory = kind === 'directory';
      return {
        name: isDirectory ? `${name}/` : name,
        size,
        note: KINDS[kind],
        tone: isDirectory ? 'strong' : kind === 'file' ? 'faint' : undefined,
      };
    }
  }
}

/** What is known about a row before it is opened. */
export function sourceDetails(
  row: SourceRow | undefined,
  { columns, directory }: { readonly columns: number; readonly directory: string },
): Line[] {
  if (!row || row.kind === 'up') return labelledLines([['', HINT]], columns);
  return labelledLines(factsOf(row, directory), columns);
}

const HINT =
  'Enter opens a directory or reads an archive; / or Tab goes to the path, which Tab completes';

function factsOf(row: Exclude<SourceRow, { kind: 'up' }>, directory: string): Labelled[] {
  if (row.kind === 'offer') {
    const { image, path, use } = row.offer;
    return [
      ['path', path],
      ['image', `${image.name}, reference ${image.reference}: ${USES[use]}`],
    ];
  }
  const { name, kind } = row.entry;
  const what = kind === 'directory' ? 'a directory' : KINDS[kind];
  return [
    ['path', directory + name],
    ['what', what],
  ];
}
