import { baseName } from '../../../path-names.ts';
import type { Analysis } from '../analysis.ts';
import { findingSpan } from '../parts/finding-span.ts';
import { cutStart, fitText } from '../parts/fit-text.ts';
import { screenText } from '../parts/screen-text.ts';
import type { Line } from '../parts/span.ts';
import type { Tone } from '../theme.ts';
import type { BinaryRow } from './binary-rows.ts';

const KIND_CELLS = 8;
const NEEDS_CELLS = 17;
const FINDING_CELLS = 5;

/** The names of the columns, in the cells of {@link binaryLine}. */
export function binaryHeader(columns: number): string {
  const path = fitText('PATH', pathCells(columns));
  return `${path} ${fitText('KIND', KIND_CELLS)} ${fitText('NEEDS', NEEDS_CELLS)} E W I`;
}

/** One program: where it is, what it is, and whether what it needs is there. */
export function binaryLine({ path, what }: BinaryRow, analysis: Analysis, columns: number): Line {
  const [needs, tone] = 'elf' in what ? elfNeeds(what.elf) : scriptNeeds(what.script);
  const kind = 'elf' in what ? elfKind(what.elf) : 'script';
  const cells = pathCells(columns);
  return [
    { text: fitText(cutStart(screenText(path), cells), cells) },
    { text: ` ${fitText(kind, KIND_CELLS)} ` },
    { text: `${fitText(needs, NEEDS_CELLS)} `, tone },
    findingSpan(analysis.nodes.get(path)?.tally, FINDING_CELLS),
  ];
}

/** One word; the details have the rest. */
function elfKind({ role, dynamic, vermagic }: Elf): string {
  if (vermagic !== null) return 'module';
  if (role !== 'program') return role;
  return dynamic ? 'dynamic' : 'static';
}

type Needs = readonly [text: string, tone?: Tone];

function elfNeeds({ libraries, interpreterOrigin }: Elf): Needs {
  const needed = [...(interpreterOrigin ? [interpreterOrigin] : []), ...libraries];
  if (needed.length === 0) return ['nothing'];
  const missing = needed.filter(({ by }) => by === 'unknown').length;
  if (missing > 0) return [`${missing} of ${needed.length} unknown`, 'warning'];
  const isOwn = needed.every(({ by }) => by === 'image');
  return [`${needed.length} from ${isOwn ? 'the image' : 'the host'}`];
}

type Elf = Extract<BinaryRow['what'], { elf: unknown }>['elf'];

function scriptNeeds({ program, programOrigin }: Script): Needs {
  const name = screenText(baseName(program));
  return programOrigin.by === 'unknown' ? [`${name}: unknown`, 'warning'] : [name];
}

type Script = Extract<BinaryRow['what'], { script: unknown }>['script'];

function pathCells(columns: number): number {
  return Math.max(8, columns - KIND_CELLS - NEEDS_CELLS - FINDING_CELLS - 3);
}
