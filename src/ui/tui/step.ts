import type { Request } from './request.ts';

/** What a reducer makes of an event: the new state, and what it asks others to do. */
export interface Step<S> {
  readonly state: S;
  readonly requests: readonly Request[];
}

export function step<S>(state: S, ...requests: readonly Request[]): Step<S> {
  return { state, requests };
}
