import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { checkAnswers } from '../../../src/command-line/parse-answers.ts';
import { ToolError } from '../../../src/errors.ts';
import type { AppEvent } from '../../../src/ui/tui/app-event.ts';
import type { AppState } from '../../../src/ui/tui/app-state.ts';
import { OPTION_ROWS } from '../../../src/ui/tui/options/option-rows.ts';
import { reduceApp } from '../../../src/ui/tui/reduce-app.ts';
import { frameOf } from '../../../src/ui/tui/run-tui.tsx';
import { shownDirectory } from '../../../src/ui/tui/source/source-state.ts';
import { contextOf } from '../../../src/ui/tui/step-screen.ts';
import type { Viewport } from '../../../src/ui/tui/viewport.ts';
import { judgeAnswer } from '../../../src/ui/wizard/judge-answer.ts';
import type { Review } from '../../../src/ui/wizard/wizard-services.ts';
import { fixtureImage } from '../../support/fixture-images.ts';
import { assertKeptPromises } from './support/assert-kept-promises.ts';
import { assertPainted } from './support/assert-painted.ts';
import { inspectedReport } from './support/planned-state.ts';
import { openedState, reviewOf, sourceState } from './support/wizard-state.ts';

/** Wide, combining, commanding, backwards, and no UTF-8 at all. */
const NASTY = [
  '漢字漢字漢字',
  'e\u0301\u0301',
  '\u001b[2J',
  '\u202egnp',
  '\udc80',
  'x'.repeat(300),
  ' ',
];

let starts: readonly AppState[];
let review: Review;
beforeAll(async () => {
  const size = { columns: 80, rows: 24 };
  const report = await inspectedReport(fixtureImage('everything.torcx.tgz'), 'docker:20.10');
  starts = (['utf8', 'ascii'] as const).flatMap(charset => [
    sourceState({ ...size, charset }),
    openedState(report, { ...size, charset }),
  ]);
  review = await reviewOf('everything');
});

const key: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('j', 'k', 'h', 'l', 'G', 'g', '/', 'f', 'r', 'x', '?', ' ', '.', '漢', '\u0301'),
  { weight: 2, arbitrary: fc.constantFrom('1', '2', '3', '4', 'F', '5', '6') },
  fc.constantFrom('up', 'down', 'left', 'right', 'pageDown', 'home', 'end', 'ctrl-w', 'ctrl-k'),
  { weight: 2, arbitrary: fc.constantFrom('enter', 'escape', 'tab', 'backspace', 'ctrl-u') },
);

const viewport: fc.Arbitrary<Viewport> = fc.record({
  columns: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 58, max: 102 })),
  rows: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 14, max: 26 })),
});

/** What comes of work fits what was asked for. */
type Act = (state: AppState) => AppEvent;

const answer: fc.Arbitrary<Act> = fc.constantFrom<Act[]>(
  ({ session }) => ({ kind: 'reviewed', review, choices: session.choices }),
  ({ session }) => ({
    kind: 'reviewed',
    review: { ...review, obstacle: { what: NASTY.join(''), isReplaceable: true } },
    choices: session.choices,
  }),
  ({ session }) => failed({ do: 'review', choices: session.choices }),
  ({ session }) => failed({ do: 'plan', choices: session.choices }),
  ({ session }) => failed({ do: 'convert', choices: session.choices }),
  () => ({ kind: 'conversionStarted', now: 5 }),
  () => ({ kind: 'converting', event: { kind: 'stage', stage: 'build' }, now: 7 }),
  () => ({ kind: 'converting', event: { kind: 'bytes', done: 2 ** 40, total: 2 ** 41 }, now: 9 }),
  state => ({
    kind: 'listed',
    path: shownDirectory(state.screens.source, contextOf(state)),
    entries: NASTY.flatMap(name => [
      { name, kind: 'directory' as const },
      { name: `${name}.tgz`, kind: 'archive' as const, size: 7 },
    ]),
  }),
  state =>
    failed({ do: 'listDirectory', path: shownDirectory(state.screens.source, contextOf(state)) }),
  () => ({ kind: 'stores', stores: { offers: [], problems: NASTY } }),
);

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: key.map(
      (pressed): Act =>
        () => ({ kind: 'key', key: pressed }),
    ),
  },
  {
    weight: 1,
    arbitrary: viewport.map(
      (size): Act =>
        () => ({ kind: 'resize', viewport: size }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.string().map(
      (text): Act =>
        () => ({ kind: 'paste', text }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...NASTY).map(
      (text): Act =>
        () => ({ kind: 'paste', text }),
    ),
  },
  { weight: 3, arbitrary: answer },
);

/** Answers to any of the questions, most of them to the wrong one. */
const typedAnswer: fc.Arbitrary<readonly Act[]> = fc
  .tuple(
    fc.nat(OPTION_ROWS.length - 1),
    fc.constantFrom(
      'zstd:99',
      'a/b',
      '_any',
      '1.0',
      'a.md',
      'a.bu',
      'https://x.org/',
      '',
      ...NASTY,
    ),
  )
  .map(([row, text]) => {
    const down = Array.from({ length: row }, () => 'j');
    const pressed = ['escape', '5', 'g', ...down, ' ', 'ctrl-u', ...text, 'enter'];
    return pressed.map(
      (one): Act =>
        () => ({ kind: 'key', key: one }),
    );
  });

const acts: fc.Arbitrary<readonly Act[]> = fc
  .array(fc.oneof({ weight: 9, arbitrary: act.map(one => [one]) }, typedAnswer), { maxLength: 40 })
  .map(all => all.flat());

test('whatever one types in the wizard, each frame fits, choices make sense, and only what was shown is done', () => {
  fc.assert(
    fc.property(fc.nat(), viewport, acts, (which, size, all) => {
      let state = starts[which % starts.length] ?? fail();
      state = reduceApp(state, { kind: 'resize', viewport: size }).state;
      for (const one of all) {
        const before = state;
        const next = reduceApp(before, one(before));
        state = next.state;
        if (state.outcome) return;
        for (const effect of next.effects) {
          if (effect.do !== 'convert') continue;
          expect(effect.choices).toBe(before.screens.review.choices);
          expect(before.screens.review.review?.obstacle).toBeUndefined();
        }
      }
      const { choices, env } = state.session;
      if (choices.archive !== '') {
        const judgement = judgeAnswer(choices, one => checkAnswers(one, { env }));
        expect(judgement.verdict, JSON.stringify(judgement)).not.toBe('wrong');
      }
      assertKeptPromises(state);
      assertPainted(frameOf(state), { ...state.viewport, charset: state.charset });
    }),
    { numRuns: 300 },
  );
});

function failed(effect: Extract<AppEvent, { kind: 'failed' }>['effect']): AppEvent {
  const error = new ToolError('usage', { what: NASTY.join(' ') });
  return { kind: 'failed', effect, error, what: NASTY.join(' '), hint: NASTY.join('') };
}

function fail(): never {
  throw new Error('there is no such state');
}
