import type { Stage } from '../../../pipeline-event.ts';

/** A conversion that runs, or that has failed. */
export interface ConvertState {
  /** Those that have begun, in their order; the last one runs. */
  readonly phases: readonly Phase[];
  /** When the newest event came. Times are in milliseconds of the services' clock. */
  readonly now: number;
  /** It was told to end and has not yet. */
  readonly isCancelled: boolean;
  /** Why it ended without a result. */
  readonly failure?: { readonly what: string; readonly hint?: string };
}

/** A stage that has begun. */
export interface Phase {
  readonly stage: Stage;
  readonly since: number;
  /** Bytes. */
  readonly done?: number;
  /** Absent: nobody can know it. */
  readonly total?: number;
}

export const initialConvert: ConvertState = { phases: [], now: 0, isCancelled: false };

/** How long a phase took, or takes already, in milliseconds. */
export function phaseTime({ phases, now }: ConvertState, index: number): number {
  const begun = phases[index]?.since ?? now;
  return (phases[index + 1]?.since ?? now) - begun;
}
