import { errorMessage } from '../error-text.ts';
import { analyserRunners } from './analyser-effects.ts';
import type { AppEvent, FailedEvent } from './app-event.ts';
import type { Effect } from './effect.ts';
import type { Services } from './services.ts';

/** Of these only the newest counts: while one runs, one that comes replaces the one that waits. */
const REPLACEABLE: ReadonlySet<Effect['do']> = new Set(['plan', 'preview']);

type Runners = {
  readonly [D in Effect['do']]: (
    effect: Extract<Effect, { do: D }>,
    services: Services,
    emit: (event: AppEvent) => void,
  ) => Promise<void>;
};

const RUNNERS: Runners = analyserRunners;

/** Does what reducers ask for, and tells what came of it. */
export class EffectRunner {
  readonly #services: Services;
  readonly #emit: (event: AppEvent) => void;
  readonly #running = new Set<Effect['do']>();
  readonly #waiting = new Map<Effect['do'], Effect>();

  constructor(services: Services, emit: (event: AppEvent) => void) {
    this.#services = services;
    this.#emit = emit;
  }

  /** Returns at once; failures become events too. */
  run(effect: Effect): void {
    if (REPLACEABLE.has(effect.do) && this.#running.has(effect.do)) {
      this.#waiting.set(effect.do, effect);
      return;
    }
    this.#running.add(effect.do);
    void runEffect(effect, this.#services, this.#emit)
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
  services: Services,
  emit: (event: AppEvent) => void,
): Promise<void> {
  const runner: Runners[D] = RUNNERS[effect.do];
  await runner(effect, services, emit);
}

function failedEvent(effect: Effect, error: unknown): FailedEvent {
  const { what, hint } = errorMessage(error);
  return { kind: 'failed', effect, error, what, ...(hint !== undefined && { hint }) };
}
