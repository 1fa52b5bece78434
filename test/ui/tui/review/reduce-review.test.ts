import { beforeAll, expect, it } from 'vitest';
import type { AppEvent } from '../../../../src/ui/tui/app-event.ts';
import type { AppState } from '../../../../src/ui/tui/app-state.ts';
import type { Review } from '../../../../src/ui/wizard/wizard-services.ts';
import { fixtureImage } from '../../../support/fixture-images.ts';
import { afterEvents, inspectedReport, keys } from '../support/planned-state.ts';
import { CHOSEN, openedState, reviewOf } from '../support/wizard-state.ts';

let start: AppState;
let review: Review;
beforeAll(async () => {
  const report = await inspectedReport(fixtureImage('flatcar-style.torcx.tgz'), 'docker:20.10');
  start = openedState(report, { columns: 80, rows: 24 });
  review = await reviewOf('flatcar-style');
});

function reviewed(one = review, choices = CHOSEN): AppEvent {
  return { kind: 'reviewed', review: one, choices };
}

it('looks at the disk whenever one comes to it', () => {
  const look = { do: 'review', choices: CHOSEN };
  expect(afterEvents(start, keys('6')).effects).toEqual([look]);
  expect(afterEvents(start, keys('5', 'enter')).effects).toEqual([look]);
  expect(afterEvents(start, keys('6', '5', '6')).effects).toEqual([look, look]);
});

it('converts what it has shown', () => {
  const { effects } = afterEvents(start, [...keys('6'), reviewed(), ...keys('enter')]);
  expect(effects.at(-1)).toEqual({ do: 'convert', choices: CHOSEN });
});

it.each<[string, () => readonly AppEvent[]]>([
  ['nothing was looked at', () => []],
  ['something else was shown', () => [reviewed(review, { ...CHOSEN, force: true })]],
  [
    'a file is in the way',
    () => [reviewed({ ...review, obstacle: { what: 'it exists', isReplaceable: true } })],
  ],
  [
    'it cannot be looked at',
    () => [
      {
        kind: 'failed',
        effect: { do: 'review', choices: CHOSEN },
        error: new Error('x'),
        what: 'no',
      },
    ],
  ],
])('converts nothing as long as %s', (_why, events) => {
  const { state, effects } = afterEvents(start, [...keys('6'), ...events(), ...keys('enter')]);
  expect(effects.map(({ do: what }) => what)).toEqual(['review']);
  expect(state.message).toBeDefined();
});

it('lets files be replaced, and looks again', () => {
  const choices = { ...CHOSEN, force: true };
  const { state, effects } = afterEvents(start, [...keys('6'), reviewed(), ...keys('r')]);
  expect(effects.slice(1)).toEqual([
    { do: 'plan', choices },
    { do: 'review', choices },
  ]);
  expect(state.screens.review.choices).toBe(CHOSEN);
  expect(afterEvents(state, keys('r')).state.session.choices).toEqual(CHOSEN);
});

it('scrolls to its last line and not further', () => {
  const { state } = afterEvents(start, [...keys('6'), reviewed(), ...keys('G')]);
  const { top } = state.screens.review;
  expect(top).toBeGreaterThan(0);
  expect(afterEvents(state, keys('j', 'pageDown')).state.screens.review.top).toBe(top);
  expect(afterEvents(state, keys('g')).state.screens.review.top).toBe(0);
});
