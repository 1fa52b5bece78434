import type { AppState } from './app-state.ts';

/** Until the first byte of the archive can be read: a disk or a pipe may take its time. */
export function isOpening({ mode, screen, session }: AppState): boolean {
  const hasArchive = mode !== 'audit' && session.choices.archive !== '';
  return hasArchive && screen !== 'source' && !session.analysis && !session.failure;
}
