import type { ProgressMode } from '../command-line/display-options.ts';
import type { PipelineEvent, Stage } from '../pipeline-event.ts';
import { countText } from './count-text.ts';
import { safeText } from './safe-text.ts';
import { sizeText } from './size-text.ts';

/** How to show progress, and the terminal or whatever stands for it. */
export interface ProgressOptions {
  readonly mode: ProgressMode;
  readonly write: (text: string) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Width of the terminal. */
  readonly columns: number;
}

export interface Progress {
  event(event: PipelineEvent): void;
  /** Takes the bar away; nothing is written after it. */
  end(): void;
}

/** What the bar shows at one moment. */
export interface ProgressState {
  readonly stage: Stage;
  readonly done?: number;
  readonly total?: number;
  readonly files?: number;
  /** Since the stage began. */
  readonly elapsedMilliseconds: number;
}

/** Whoever waits less than this wants to see the result only. */
const SILENT_MILLISECONDS = 300;
/** Ten pictures per second look like movement; more only cost. */
const REDRAW_MILLISECONDS = 100;
/** Before this a rate is mostly noise. */
const ETA_MILLISECONDS = 1000;

export const STAGE_LABELS: Readonly<Record<Stage, string>> = {
  download: 'Download',
  read: 'Read archive',
  inspect: 'Check binaries',
  plan: 'Plan',
  build: 'Write image',
  check: 'Check image',
  audit: 'Check files',
};
const LABEL_WIDTH = Math.max(...Object.values(STAGE_LABELS).map(label => label.length));
const MAX_BAR_WIDTH = 22;

/** One picture of the bar; always shorter than `columns`, since a full line would wrap. */
export function progressLine(state: ProgressState, columns: number): string {
  const { done, total } = state;
  const label = STAGE_LABELS[state.stage].padEnd(LABEL_WIDTH);
  if (state.files !== undefined) return cut(`${label}  ${countText(state.files, 'file')}`, columns);
  if (done === undefined) return cut(label.trimEnd(), columns);
  if (total === undefined || total <= 0) return cut(`${label}  ${sizeText(done)}`, columns);
  const part = Math.min(1, done / total);
  const percent = `${Math.floor(part * 100)}`.padStart(3);
  const eta = etaText(state, total);
  const size = `${sizeText(done)} of ${sizeText(total)}`;
  const numbers = [`${percent} %`, size, ...(eta === '' ? [] : [eta])].join('  ');
  const room = columns - 1 - LABEL_WIDTH - numbers.length - 6;
  const width = Math.min(MAX_BAR_WIDTH, room);
  if (width < 4) return cut(`${label}  ${numbers}`, columns);
  return `${label}  ${barText(part, width)}  ${numbers}`;
}

/** @param part at most 1; `width` cells between the brackets */
export function barText(part: number, width: number): string {
  const filled = Math.floor(part * width);
  return `[${'#'.repeat(filled)}${'-'.repeat(width - filled)}]`;
}

/** `eta 4 s`; empty as long as it would be a guess. */
export function etaText(
  { done = 0, elapsedMilliseconds }: Pick<ProgressState, 'done' | 'elapsedMilliseconds'>,
  total: number,
): string {
  if (done <= 0 || elapsedMilliseconds < ETA_MILLISECONDS) return '';
  const seconds = Math.ceil((elapsedMilliseconds * Math.max(0, total - done)) / done / 1000);
  return `eta ${durationText(seconds)}`;
}

/** A display of the events of one run. Quick runs write nothing. */
export function createProgress(options: ProgressOptions): Progress {
  switch (options.mode) {
    case 'none':
      return { event: () => undefined, end: () => undefined };
    case 'bar':
      return new Bar(options);
    case 'plain':
      return new Lines(options, { stage: stage => `${STAGE_LABELS[stage]}\n`, retry: retryLine });
    case 'json':
      return new Lines(options, {
        stage: stage => jsonLine({ kind: 'stage', stage }),
        retry: jsonLine,
        amount: jsonLine,
      });
  }
}

class Bar implements Progress {
  readonly #options: ProgressOptions;
  readonly #start: number;
  #stage: Stage | undefined;
  #stageStart = 0;
  #lastDraw = Number.NEGATIVE_INFINITY;

  constructor(options: ProgressOptions) {
    this.#options = options;
    this.#start = options.now();
  }

  event(event: PipelineEvent): void {
    const now = this.#options.now();
    if (event.kind === 'stage') {
      this.#stage = event.stage;
      this.#stageStart = now;
    }
    if (event.kind === 'retry') this.#options.write(`\r\u001b[K${retryLine(event)}`);
    if (event.kind === 'retry' || event.kind === 'finding' || this.#stage === undefined) return;
    if (now - this.#start < SILENT_MILLISECONDS) return;
    if (now - this.#lastDraw < REDRAW_MILLISECONDS) return;
    this.#lastDraw = now;
    const elapsedMilliseconds = now - this.#stageStart;
    const state = { stage: this.#stage, elapsedMilliseconds, ...amountOf(event) };
    this.#options.write(`\r${progressLine(state, this.#options.columns)}\u001b[K`);
  }

  end(): void {
    this.#stage = undefined;
    if (this.#lastDraw !== Number.NEGATIVE_INFINITY) this.#options.write('\r\u001b[K');
    this.#lastDraw = Number.NEGATIVE_INFINITY;
  }
}

/** Each ends in a newline. */
interface LineTexts {
  readonly stage: (stage: Stage) => string;
  readonly retry: (event: RetryEvent) => string;
  readonly amount?: (fields: object) => string;
}

type RetryEvent = Extract<PipelineEvent, { kind: 'retry' }>;

/** Lines for logs and programs. What comes in the silent time is kept and written when that is over. */
class Lines implements Progress {
  readonly #options: ProgressOptions;
  readonly #texts: LineTexts;
  readonly #start: number;
  #stage: Stage | undefined;
  #lastAmount = Number.NEGATIVE_INFINITY;
  #kept = '';

  constructor(options: ProgressOptions, texts: LineTexts) {
    this.#options = options;
    this.#texts = texts;
    this.#start = options.now();
  }

  event(event: PipelineEvent): void {
    const now = this.#options.now();
    if (event.kind === 'stage') {
      this.#stage = event.stage;
      this.#lastAmount = Number.NEGATIVE_INFINITY;
      this.#kept += this.#texts.stage(event.stage);
    }
    if (event.kind === 'retry') this.#kept += this.#texts.retry(event);
    const { amount } = this.#texts;
    const isAmount = event.kind === 'bytes' || event.kind === 'files';
    if (isAmount && amount && now - this.#lastAmount >= REDRAW_MILLISECONDS) {
      this.#lastAmount = now;
      this.#kept += amount({ ...event, ...(this.#stage && { stage: this.#stage }) });
    }
    if (this.#kept === '' || now - this.#start < SILENT_MILLISECONDS) return;
    this.#options.write(this.#kept);
    this.#kept = '';
  }

  end(): void {
    this.#kept = '';
  }
}

function amountOf(event: PipelineEvent): Pick<ProgressState, 'done' | 'total' | 'files'> {
  if (event.kind === 'files') return { files: event.done };
  if (event.kind !== 'bytes') return {};
  return { done: event.done, ...(event.total !== undefined && { total: event.total }) };
}

function durationText(seconds: number): string {
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}

function retryLine({ reason, delay }: RetryEvent): string {
  return `${safeText(reason)}; again in ${Math.ceil(delay / 1000)} s\n`;
}

function jsonLine(fields: object): string {
  return `${JSON.stringify(fields)}\n`;
}

function cut(text: string, columns: number): string {
  return text.slice(0, Math.max(0, columns - 1));
}
