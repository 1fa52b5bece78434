import type { InspectReport } from '../../../convert/inspect-report.ts';
import type { Stage } from '../../../pipeline-event.ts';
import { countText } from '../../count-text.ts';
import { barText, etaText } from '../../progress-line.ts';
import { sizeText } from '../../size-text.ts';
import type { Session } from '../session.ts';
import type { Phase } from './convert-state.ts';

interface PhaseFactsRequest {
  readonly session: Session;
  /** Of the phase that runs, and of no other one. */
  readonly phase: Phase | undefined;
  readonly now: number;
  /** Cells. */
  readonly room: number;
}

/** What is known of a phase: how far it is, or what it is about. At most two texts, for lines below each other. */
export function phaseFacts(
  stage: Stage,
  { session: { analysis }, phase, now, room }: PhaseFactsRequest,
): readonly string[] {
  if (phase?.done !== undefined) return progressTexts(phase, now, room);
  return [analysis ? factsOf(stage, analysis.report) : ''];
}

const BAR_CELLS = 40;
/** Brackets, two spaces and `100 %`. */
const BESIDE_BAR = 9;
/** Below this a rate says more about the clock than about the disk. */
const RATE_MILLISECONDS = 1000;

function progressTexts({ since, done = 0, total }: Phase, now: number, room: number): string[] {
  const elapsedMilliseconds = now - since;
  const rate = Math.round((done * 1000) / elapsedMilliseconds);
  const rateTexts = elapsedMilliseconds < RATE_MILLISECONDS ? [] : [`${sizeText(rate)}/s`];
  if (total === undefined || total === 0) return [[sizeText(done), ...rateTexts].join(', ')];
  const part = Math.min(1, done / total);
  const percent = `${Math.floor(part * 100)}`.padStart(3);
  const bar = barText(part, Math.max(1, Math.min(BAR_CELLS, room - BESIDE_BAR)));
  const eta = etaText({ done, elapsedMilliseconds }, total);
  const size = `${sizeText(done)} of ${sizeText(total)}`;
  return [`${bar}  ${percent} %`, [size, ...(eta === '' ? [] : [eta]), ...rateTexts].join(', ')];
}

function factsOf(stage: Stage, { entries, input, elf, enabled }: InspectReport): string {
  switch (stage) {
    case 'read':
      return `${countText(entries.length, 'entry', 'entries')}, ${sizeText(input.size)}`;
    case 'inspect': {
      const dynamic = elf.filter(row => row.dynamic).length;
      return `${dynamic} dynamic, ${elf.length - dynamic} static`;
    }
    case 'plan': {
      const rewritten = entries.filter(row => row.action === 'rewrite').length;
      return `${rewritten} rewritten, starts ${countText(enabled.length, 'unit')}`;
    }
    case 'check':
      return 'opened again and compared';
    case 'build':
    case 'download':
    case 'audit':
      return '';
  }
}
