import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, test } from 'vitest';
import { NO_ANSWERS } from '../../../src/command-line/answers.ts';
import { pathBytes } from '../../../src/path-text.ts';
import type { AppEvent } from '../../../src/ui/tui/app-event.ts';
import type { AppState } from '../../../src/ui/tui/app-state.ts';
import type { Preview } from '../../../src/ui/tui/preview.ts';
import { reduceApp } from '../../../src/ui/tui/reduce-app.ts';
import { frameOf } from '../../../src/ui/tui/run-tui.tsx';
import type { Viewport } from '../../../src/ui/tui/viewport.ts';
import { fixtureImage } from '../../support/fixture-images.ts';
import { member, pax, tar } from '../../support/tar-builder.ts';
import { assertKeptPromises } from './support/assert-kept-promises.ts';
import { assertPainted } from './support/assert-painted.ts';
import { inspectedReport, plannedState } from './support/planned-state.ts';

/** Wide, combining, invisible, commanding, backwards, and no UTF-8 at all. */
const NASTY_NAMES = [
  '漢字のファイル名前はとても長いです漢字のファイル名前はとても長いです',
  'e\u0301\u0301\u0301',
  '👩‍👩‍👧‍👦👍🏽🇩🇪',
  '\u001b[31mred\u001b[2J',
  'a\tb\r\nc',
  '\u202egnp.exe',
  '\udc80\udcff',
  `${'long'.repeat(40)}.service`,
  ' ',
];

const NASTY_TEXTS: readonly Preview[] = [
  { kind: 'text', text: '\t漢\t字\u001b]0;title\u0007\r\nend', isCut: true },
  { kind: 'text', text: `${'wide 漢字 '.repeat(500)}\n`.repeat(80), isCut: false },
  { kind: 'binary', bytes: Uint8Array.from({ length: 300 }, (_, at) => at), isCut: true },
  { kind: 'none' },
];

let starts: readonly AppState[];
const CHARSETS = ['utf8', 'ascii'] as const;

beforeAll(async () => {
  const size = { columns: 80, rows: 24 };
  const nasty = NASTY_NAMES.flatMap(name => [
    pax([['path', pathBytes(`bin/${name}`)]]),
    member({ name: 'bin/x', data: '#!/bin/sh\necho /run/torcx\n', mode: 0o4755 }),
  ]);
  const images = [
    fixtureImage('everything.torcx.tgz'),
    gzipSync(tar(...nasty)),
    gzipSync(tar(member({ name: 'empty/', type: '5' }))),
  ];
  const reports = await Promise.all(images.map(image => inspectedReport(image)));
  starts = CHARSETS.flatMap(charset =>
    reports.map(report => plannedState(report, { ...size, charset })),
  );
});

const key: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('j', 'k', 'h', 'l', 'G', 'g', 'n', 'N', '/', 'f', 's', 'v', 'x', '?', ' '),
  fc.constantFrom('1', '2', '3', '4', 'F', 'e', 'y', 'o', 'd', '漢', '\u0301'),
  fc.constantFrom('up', 'down', 'left', 'right', 'pageUp', 'pageDown', 'home', 'end'),
  fc.constantFrom('enter', 'escape', 'tab', 'shift-tab', 'backspace', 'ctrl-u', 'alt-x', 'f1'),
);

const viewport: fc.Arbitrary<Viewport> = fc.record({
  columns: fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 58, max: 102 })),
  rows: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 14, max: 26 })),
});

/** What is heard of work depends on what was asked for: previews are answered with one of these. */
type Act =
  | Exclude<AppEvent, { kind: 'preview' }>
  | { readonly kind: 'answer'; readonly preview: Preview };

const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 8, arbitrary: key.map((pressed): Act => ({ kind: 'key', key: pressed })) },
  { weight: 1, arbitrary: viewport.map((size): Act => ({ kind: 'resize', viewport: size })) },
  { weight: 1, arbitrary: fc.string().map((text): Act => ({ kind: 'paste', text })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...NASTY_TEXTS).map((preview): Act => ({ kind: 'answer', preview })),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Act>({ kind: 'rulePage', rule: 'TX601', page: '# 漢\n\n\u001b[2J x' }),
  },
);

test('whatever one types, on whatever terminal, every frame fits and nothing acts on it', () => {
  fc.assert(
    fc.property(fc.nat(), viewport, fc.array(act, { maxLength: 40 }), (which, size, acts) => {
      let state = starts[which % starts.length] ?? fail();
      state = reduceApp(state, { kind: 'resize', viewport: size }).state;
      for (const one of acts) {
        state = reduceApp(state, eventOf(one, state)).state;
        if (state.outcome) return;
      }
      const frame = frameOf(state);
      assertKeptPromises(state);
      assertPainted(frame, { ...state.viewport, charset: state.charset });
    }),
    { numRuns: 300 },
  );
});

test('a plan that is made again fits wherever one is', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.array(key, { maxLength: 20 }), (from, to, pressed) => {
      let state = starts[from % starts.length] ?? fail();
      for (const one of pressed) state = reduceApp(state, { kind: 'key', key: one }).state;
      const report = (starts[to % starts.length] ?? fail()).session.analysis?.report ?? fail();
      if (state.outcome) return;
      state = reduceApp(state, { kind: 'planned', report, choices: NO_ANSWERS }).state;
      assertPainted(frameOf(state), { ...state.viewport, charset: state.charset });
    }),
    { numRuns: 100 },
  );
});

function eventOf(one: Act, { screens }: AppState): AppEvent {
  if (one.kind !== 'answer') return one;
  const path = screens.files.view?.path ?? '';
  return { kind: 'preview', path, preview: one.preview };
}

function fail(): never {
  throw new Error('there is no such image');
}
