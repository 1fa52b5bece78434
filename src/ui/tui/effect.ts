import type { AnalyserEffect } from './analyser-effects.ts';

/** Work outside of the interface, as data: the runner does it, and events tell what came of it. */
export type Effect = AnalyserEffect;
