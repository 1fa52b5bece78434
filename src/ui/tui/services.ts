import type { AnalyserServices } from './analyser-services.ts';

/** What the interface needs from the program around it; src/commands/ has the real ones, tests have their own. */
export type Services = AnalyserServices;
