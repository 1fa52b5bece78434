import type { Finding } from './finding.ts';

/** What the pipeline tells while it works; progress displays and the wizard are functions of these. */
export type PipelineEvent =
  | { readonly kind: 'stage'; readonly stage: Stage }
  /** `done` of `total` bytes of the current stage; `total` is absent when nobody can know it (standard input). */
  | { readonly kind: 'bytes'; readonly done: number; readonly total?: number }
  /** So many files have been read; how many there are is only known at the end. */
  | { readonly kind: 'files'; readonly done: number }
  | { readonly kind: 'finding'; readonly finding: Finding }
  /** A download goes on, after so many milliseconds. */
  | { readonly kind: 'retry'; readonly reason: string; readonly delay: number };

/** The stages of a conversion, in their order. */
export const STAGES = ['read', 'inspect', 'plan', 'build', 'check'] as const;
/** What is converted is never fetched; what else an image is made of may be. */
export type Stage = 'download' | 'audit' | (typeof STAGES)[number];
