import type { Answers } from '../../command-line/answers.ts';
import type { PipelineEvent } from '../../pipeline-event.ts';
import { userInterruption } from '../../user-interruption.ts';
import type {
  ListedEntry,
  Review,
  StoreListing,
  WizardServices,
  WrittenResult,
} from '../wizard/wizard-services.ts';
import type { RunnersOf } from './runners-of.ts';

/** What of the dialogue's services the screens need: answers they judge themselves. */
export type ConversionWork = Pick<
  WizardServices,
  'listDirectory' | 'listStores' | 'review' | 'convert' | 'now'
>;

/** What the wizard asks of the program around it. */
export type WizardEffect =
  | { readonly do: 'listStores' }
  /** `path` as the user would write it; empty: the working directory. */
  | { readonly do: 'listDirectory'; readonly path: string }
  | { readonly do: 'review'; readonly choices: Answers }
  | { readonly do: 'convert'; readonly choices: Answers }
  /** Ends the conversion that runs; it fails then. */
  | { readonly do: 'cancel' };

/** What comes of it. */
export type WizardEvent =
  | { readonly kind: 'stores'; readonly stores: StoreListing }
  | { readonly kind: 'listed'; readonly path: string; readonly entries: readonly ListedEntry[] }
  | { readonly kind: 'reviewed'; readonly review: Review; readonly choices: Answers }
  | { readonly kind: 'conversionStarted'; readonly now: number }
  | { readonly kind: 'converting'; readonly event: PipelineEvent; readonly now: number }
  | { readonly kind: 'converted'; readonly result: WrittenResult; readonly now: number }
  /** It ends as soon as it hears of it, unless it is complete before. */
  | { readonly kind: 'cancelling' };

/** Who looks around and converts; `cancel` is for the conversion that runs. */
export function wizardRunners(services: ConversionWork): RunnersOf<WizardEffect, WizardEvent> {
  let running = new AbortController();
  return {
    async listStores(_effect, emit) {
      emit({ kind: 'stores', stores: await services.listStores() });
    },
    async listDirectory({ path }, emit) {
      emit({ kind: 'listed', path, entries: await services.listDirectory(path || '.') });
    },
    async review({ choices }, emit) {
      const review = await services.review(choices, { onEvent: () => undefined });
      emit({ kind: 'reviewed', review, choices });
    },
    async convert({ choices }, emit) {
      running = new AbortController();
      emit({ kind: 'conversionStarted', now: services.now() });
      const onEvent = (event: PipelineEvent) =>
        emit({ kind: 'converting', event, now: services.now() });
      const result = await services.convert(choices, { onEvent, signal: running.signal });
      emit({ kind: 'converted', result, now: services.now() });
    },
    async cancel(_effect, emit) {
      emit({ kind: 'cancelling' });
      running.abort(userInterruption());
    },
  };
}
