import type { InspectReport } from '../../convert/inspect-report.ts';
import type { PipelineEvent } from '../../pipeline-event.ts';
import type { RuleId } from '../../rule-table.ts';
import type { AnalyserServices } from './analyser-services.ts';
import type { Choices } from './choices.ts';
import type { Preview } from './preview.ts';

/** What the analyser asks of the program around it. */
export type AnalyserEffect =
  | { readonly do: 'inspect'; readonly choices: Choices }
  | { readonly do: 'plan'; readonly choices: Choices }
  | { readonly do: 'preview'; readonly path: string }
  | { readonly do: 'readRule'; readonly rule: RuleId }
  | {
      readonly do: 'savePlan';
      readonly path: string;
      readonly choices: Choices;
      readonly overwrite: boolean;
    };

/** What comes of it. */
export type AnalyserEvent =
  | { readonly kind: 'planned'; readonly report: InspectReport; readonly choices: Choices }
  | { readonly kind: 'progress'; readonly event: PipelineEvent; readonly now: number }
  | { readonly kind: 'preview'; readonly path: string; readonly preview: Preview }
  | { readonly kind: 'rulePage'; readonly rule: RuleId; readonly page: string }
  | { readonly kind: 'planSaved'; readonly path: string };

export const analyserRunners: {
  readonly [D in AnalyserEffect['do']]: (
    effect: Extract<AnalyserEffect, { do: D }>,
    services: AnalyserServices,
    emit: (event: AnalyserEvent) => void,
  ) => Promise<void>;
} = {
  async inspect({ choices }, services, emit) {
    const onEvent = (event: PipelineEvent) =>
      emit({ kind: 'progress', event, now: services.now() });
    emit({ kind: 'planned', report: await services.inspect(choices, onEvent), choices });
  },
  async plan({ choices }, services, emit) {
    emit({ kind: 'planned', report: await services.plan(choices), choices });
  },
  async preview({ path }, services, emit) {
    emit({ kind: 'preview', path, preview: await services.preview(path) });
  },
  async readRule({ rule }, services, emit) {
    emit({ kind: 'rulePage', rule, page: await services.rulePage(rule) });
  },
  async savePlan({ path, choices, overwrite }, services, emit) {
    await services.savePlan(path, { choices, overwrite });
    emit({ kind: 'planSaved', path });
  },
};
