import type { Answers } from '../../command-line/answers.ts';
import type { InspectReport } from '../../convert/inspect-report.ts';
import type { PipelineEvent } from '../../pipeline-event.ts';
import type { AnalyserServices } from './analyser-services.ts';
import type { Preview } from './preview.ts';
import type { RunnersOf } from './runners-of.ts';

/** What the analyser asks of the program around it. */
export type AnalyserEffect =
  | { readonly do: 'inspect'; readonly choices: Answers }
  | { readonly do: 'plan'; readonly choices: Answers }
  | { readonly do: 'preview'; readonly path: string }
  | {
      readonly do: 'savePlan';
      readonly path: string;
      readonly choices: Answers;
      readonly overwrite: boolean;
    };

/** What comes of it. */
export type AnalyserEvent =
  | { readonly kind: 'planned'; readonly report: InspectReport; readonly choices: Answers }
  | { readonly kind: 'progress'; readonly event: PipelineEvent; readonly now: number }
  | { readonly kind: 'preview'; readonly path: string; readonly preview: Preview }
  | { readonly kind: 'planSaved'; readonly path: string };

/** Who reads, plans, shows and saves. A plan is told with the choices that it is about. */
export function analyserRunners(
  services: AnalyserServices,
): RunnersOf<AnalyserEffect, AnalyserEvent> {
  return {
    async inspect({ choices }, emit) {
      const onEvent = (event: PipelineEvent) =>
        emit({ kind: 'progress', event, now: services.now() });
      emit({ kind: 'planned', report: await services.inspect(choices, onEvent), choices });
    },
    async plan({ choices }, emit) {
      emit({ kind: 'planned', report: await services.plan(choices), choices });
    },
    async preview({ path }, emit) {
      emit({ kind: 'preview', path, preview: await services.preview(path) });
    },
    async savePlan({ path, choices, overwrite }, emit) {
      await services.savePlan(path, { choices, overwrite });
      emit({ kind: 'planSaved', path });
    },
  };
}
