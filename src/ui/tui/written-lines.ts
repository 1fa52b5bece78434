import { safeText } from '../safe-text.ts';
import { shownPath } from '../shown-path.ts';
import type { WrittenResult } from '../wizard/wizard-services.ts';

/** What the terminal shows of a result when it has its own screen again. */
export function writtenLines({ notes, written }: WrittenResult): readonly string[] {
  return [...notes, ...written.map(({ path }) => `wrote ${shownPath(path)}`)].map(safeText);
}
