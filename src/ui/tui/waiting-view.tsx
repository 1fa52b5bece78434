import { progressLine } from '../progress-line.ts';
import { Lines } from './parts/lines.tsx';
import { lineOf } from './parts/span.ts';
import type { Work } from './session.ts';
import type { Area } from './viewport.ts';

/** An archive is being read: how far that is. */
export function WaitingView({ work, area }: { readonly work: Work; readonly area: Area }) {
  const { since, now, ...progress } = work;
  const state = { ...progress, elapsedMilliseconds: now - since };
  return (
    <Lines lines={[lineOf(''), lineOf(` ${progressLine(state, area.columns - 1)}`)]} area={area} />
  );
}
