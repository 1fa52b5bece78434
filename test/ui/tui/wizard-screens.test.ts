import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InspectReport } from '../../../src/convert/inspect-report.ts';
import type { AppState } from '../../../src/ui/tui/app-state.ts';
import { frameOf } from '../../../src/ui/tui/run-tui.tsx';
import type { Viewport } from '../../../src/ui/tui/viewport.ts';
import type { Review } from '../../../src/ui/wizard/wizard-services.ts';
import { fixtureImage } from '../../support/fixture-images.ts';
import { assertFits } from './support/assert-fits.ts';
import { afterEvents, inspectedReport, keys } from './support/planned-state.ts';
import { CHOSEN, openedState, reviewOf, sourceState } from './support/wizard-state.ts';

const SIZES = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 60, rows: 16 },
];

let report: InspectReport;
let review: Review;
beforeAll(async () => {
  report = await inspectedReport(fixtureImage('flatcar-style.torcx.tgz'), 'docker:20.10');
  review = await reviewOf('flatcar-style');
});

type Make = (size: Viewport) => AppState;

const opened = (size: Viewport, ...pressed: readonly string[]) =>
  afterEvents(openedState(report, size), keys(...pressed)).state;
const source = (size: Viewport, ...pressed: readonly string[]) =>
  afterEvents(sourceState(size), keys(...pressed)).state;
const reviewed = (size: Viewport, one: Review) =>
  afterEvents(opened(size, '6'), [{ kind: 'reviewed', review: one, choices: CHOSEN }]).state;

const SCREENS: readonly [string, Make][] = [
  ['source', size => source(size)],
  ['source-all', size => source(size, 'f', 'j', 'j')],
  ['source-typed', size => source(size, '/', ...'doc')],
  ['options', size => opened(size, '5', 'j', 'j', 'j', 'j', 'j', 'l')],
  [
    'options-typed',
    size => opened(size, '5', 'j', 'j', 'j', 'j', 'j', ' ', 'ctrl-u', ...'zstd:99'),
  ],
  ['review', size => reviewed(size, review)],
  [
    'review-obstacle',
    size => {
      const existing = { size: 54 << 20, mtime: new Date(0) };
      const [image, ...others] = review.files;
      const files = image ? [{ ...image, fate: 'obstacle' as const, existing }, ...others] : [];
      return reviewed(size, { ...review, files, obstacle: { what: "'docker.raw' exists" } });
    },
  ],
];

describe.each(SIZES)('on $columns x $rows', size => {
  /** `vitest -u` writes them. */
  it.each(SCREENS)('the screen %s is as committed', async (name, make) => {
    const frame = `${stripVTControlCharacters(frameOf(make(size))).replaceAll(/ +$/gm, '')}\n`;
    assertFits(frame, size);
    await expect(frame).toMatchFileSnapshot(`golden/${name}-${size.columns}x${size.rows}.txt`);
  });
});
