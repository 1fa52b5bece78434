import { isToolError } from '../../../errors.ts';
import type { Key } from '../../terminal/terminal-event.ts';
import { type AppEvent, type FailedEvent, isInput, type NewsEvent } from '../app-event.ts';
import { type Step, step } from '../step.ts';
import type { WizardEvent } from '../wizard-effects.ts';
import { type ConvertState, initialConvert, type Phase } from './convert-state.ts';

export function reduceConvert(
  state: ConvertState,
  event: AppEvent,
): Step<ConvertState> | undefined {
  if (!isInput(event)) return hearConvert(state, event);
  if (event.kind === 'paste') return step(state);
  return state.failure ? pressedAfter(state, event.key) : pressedWhile(state, event.key);
}

function hearConvert(state: ConvertState, event: NewsEvent): Step<ConvertState> {
  switch (event.kind) {
    case 'conversionStarted':
      return step({ ...initialConvert, now: event.now });
    case 'converting':
      return step({ ...state, phases: nextPhases(state.phases, event), now: event.now });
    case 'cancelling':
      return step({ ...state, isCancelled: true });
    case 'failed':
      return event.effect.do === 'convert' ? hearFailure(state, event) : step(state);
    default:
      return step(state);
  }
}

function nextPhases(
  phases: readonly Phase[],
  { event, now }: Extract<WizardEvent, { kind: 'converting' }>,
): readonly Phase[] {
  if (event.kind === 'stage') return [...phases, { stage: event.stage, since: now }];
  const phase = phases.at(-1);
  if (event.kind !== 'bytes' || !phase) return phases;
  const { done, total } = event;
  return [...phases.slice(0, -1), { ...phase, done, ...(total !== undefined && { total }) }];
}

function hearFailure(state: ConvertState, { error, what, hint }: FailedEvent): Step<ConvertState> {
  if (isToolError(error, 'interrupted')) {
    return step(
      initialConvert,
      { do: 'go', screen: 'review' },
      { do: 'say', text: 'cancelled: nothing was written', tone: 'warning' },
    );
  }
  return step({ ...state, failure: { what, ...(hint !== undefined && { hint }) } });
}

/** While it runs every key but the help is for it: nothing else may change what is being written. */
function pressedWhile(state: ConvertState, key: Key): Step<ConvertState> | undefined {
  if (key === '?') return undefined;
  if (!STOPPING.has(key) || state.isCancelled) return step(state);
  return step(state, { do: 'confirm', question: QUESTION, yes: { do: 'cancel' } });
}

const STOPPING: ReadonlySet<Key> = new Set(['ctrl-c', 'escape', 'q']);

const QUESTION =
  'Stop the conversion? What was begun is removed; files that were there before stay as they are.';

function pressedAfter(state: ConvertState, key: Key): Step<ConvertState> | undefined {
  if (key !== 'enter' && key !== 'escape') return undefined;
  return step(state, { do: 'go', screen: 'review' });
}
