import { STAGES, type Stage } from '../../../pipeline-event.ts';
import { STAGE_LABELS } from '../../progress-line.ts';
import { fitText } from '../parts/fit-text.ts';
import { labelledLines } from '../parts/labelled-lines.ts';
import { type Line, lineOf } from '../parts/span.ts';
import { wrapCells } from '../parts/wrap-cells.ts';
import type { Session } from '../session.ts';
import type { Tone } from '../theme.ts';
import { type ConvertState, phaseTime } from './convert-state.ts';
import { phaseFacts } from './phase-facts.ts';

/** The phases of the conversion with what is known of them, as lines of `columns` cells. */
export function convertLines(
  state: ConvertState,
  session: Session,
  columns: number,
): readonly Line[] {
  const phases = stagesOf(session).flatMap(stage => phaseLines(stage, { state, session, columns }));
  const words = wordLines(state, columns);
  // What went wrong has to be seen on the smallest screen too.
  return state.failure ? [...words, lineOf(''), ...phases] : [...phases, lineOf(''), ...words];
}

/** A directory is not an image that could be opened again. */
function stagesOf({ choices }: Session): readonly Stage[] {
  return choices.imageFormat === 'directory' ? STAGES.filter(one => one !== 'check') : STAGES;
}

interface Scene {
  readonly state: ConvertState;
  readonly session: Session;
  readonly columns: number;
}

type Mark = 'ok' | 'run' | 'wait' | 'fail';
const TONES: Readonly<Record<Mark, Tone>> = {
  ok: 'good',
  run: 'accent',
  wait: 'faint',
  fail: 'error',
};
const MARK_CELLS = 6;
const LABEL_CELLS = 16;
const TIME_CELLS = 9;

function phaseLines(stage: Stage, { state, session, columns }: Scene): Line[] {
  const mark = markOf(stage, state);
  const index = state.phases.findIndex(phase => phase.stage === stage);
  const room = Math.max(1, columns - MARK_CELLS - LABEL_CELLS - TIME_CELLS);
  const phase = mark === 'run' ? state.phases[index] : undefined;
  const [first = '', ...more] = phaseFacts(stage, { session, phase, now: state.now, room });
  const time = index < 0 ? '' : secondsText(phaseTime(state, index));
  const tone = mark === 'wait' ? 'faint' : undefined;
  return [
    [
      { text: mark.padEnd(MARK_CELLS), tone: TONES[mark] },
      { text: STAGE_LABELS[stage].padEnd(LABEL_CELLS) + fitText(first, room), tone },
      { text: time.padStart(TIME_CELLS) },
    ],
    ...more.map(text => lineOf(' '.repeat(MARK_CELLS + LABEL_CELLS) + text)),
  ];
}

function markOf(stage: Stage, { phases, failure }: ConvertState): Mark {
  const index = phases.findIndex(phase => phase.stage === stage);
  if (index < 0) return READ_BEFORE.has(stage) ? 'ok' : 'wait';
  if (index < phases.length - 1) return 'ok';
  return failure ? 'fail' : 'run';
}

/** The archive was read for the screens before. */
const READ_BEFORE: ReadonlySet<Stage> = new Set(['read', 'inspect']);

/** To a tenth: a phase may take less than a second. */
function secondsText(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function wordLines({ failure, isCancelled }: ConvertState, columns: number): readonly Line[] {
  if (failure) {
    const { what, hint } = failure;
    const rows = [
      ['failed', what, 'error'] as const,
      ...(hint === undefined ? [] : [['try', hint] as const]),
    ];
    return [...labelledLines(rows, columns), lineOf('Enter goes back to Review.')];
  }
  if (isCancelled) return [lineOf('Stopping: what was begun is removed.', 'warning')];
  const text = 'Files get their names when all of them are complete; until then old ones stay.';
  return wrapCells(text, columns).map(line => lineOf(line, 'faint'));
}
