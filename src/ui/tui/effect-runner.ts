import { errorMessage } from '../error-text.ts';
import type { AppEvent, FailedEvent } from './app-event.ts';
import type { Effect } from './effect.ts';
import type { RunnersOf } from './runners-of.ts';

/** Of these only the newest counts: while one runs, one that comes replaces the one that waits. */
const REPLACEABLE: ReadonlySet<Effect['do']> = new Set(['plan', 'preview', 'review']);

/** Who does the work of one mode: an audit has nobody who converts. */
export type Runners = Partial<RunnersOf<Effect, AppEvent>>;

/** Does what reducers ask for, and tells what came of it. */
export class EffectRunner {
  readonly #runners: Runners;
  readonly #emit: (event: AppEvent) => void;
  readonly #running = new Set<Effect['do']>();
  readonly #waiting = new Map<Effect['do'], Effect>();

  constructor(runners: Runners, emit: (event: AppEvent) => void) {
    this.#runners = runners;
    this.#emit = emit;
  }

  /** Returns at once; failures become events too. */
  run(effect: Effect): void {
    if (REPLACEABLE.has(effect.do) && this.#running.has(effect.do)) {
      this.#waiting.set(effect.do, effect);
      return;
    }
    this.#running.add(effect.do);
    void runEffect(effect, this.#runners, this.#emit)
      .catch((error: unknown) => this.#emit(failedEvent(effect, error)))
      .finally(() => this.#done(effect));
  }

  #done(effect: Effect): void {
    this.#running.delete(effect.do);
    const next = this.#waiting.get(effect.do);
    this.#waiting.delete(effect.do);
    if (next) this.run(next);
  }
}

async function runEffect<D extends Effect['do']>(
  effect: Extract<Effect, { do: D }>,
  runners: Runners,
  emit: (event: AppEvent) => void,
): Promise<void> {
  const runner: Runners[D] = runners[effect.do];
  if (!runner) throw new Error(`nobody does ${effect.do} in this mode`);
  await runner(effect, emit);
}

function failedEvent(effect: Effect, error: unknown): FailedEvent {
  const { what, hint } = errorMessage(error);
  return { kind: 'failed', effect, error, what, ...(hint !== undefined && { hint }) };
}
