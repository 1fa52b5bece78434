import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { InspectReport } from '../../../src/convert/inspect-report.ts';
import type { AppEvent } from '../../../src/ui/tui/app-event.ts';
import type { AppState } from '../../../src/ui/tui/app-state.ts';
import { frameOf } from '../../../src/ui/tui/run-tui.tsx';
import type { Review, WrittenResult } from '../../../src/ui/wizard/wizard-services.ts';
import { fixtureImage } from '../../support/fixture-images.ts';
import { assertFits } from './support/assert-fits.ts';
import { afterEvents, inspectedReport, keys } from './support/planned-state.ts';
import { TERMINALS, type TestTerminal } from './support/test-terminal.ts';
import {
  CHOSEN,
  conversionEvents,
  openedState,
  resultOf,
  reviewOf,
  sourceState,
} from './support/wizard-state.ts';

let report: InspectReport;
let review: Review;
let result: WrittenResult;
beforeAll(async () => {
  report = await inspectedReport(fixtureImage('flatcar-style.torcx.tgz'), 'docker:20.10');
  review = await reviewOf('flatcar-style');
  result = await resultOf('flatcar-style');
});

type Make = (size: TestTerminal) => AppState;

const opened = (size: TestTerminal, ...pressed: readonly string[]) =>
  afterEvents(openedState(report, size), keys(...pressed)).state;
const source = (size: TestTerminal, ...pressed: readonly string[]) =>
  afterEvents(sourceState(size), keys(...pressed)).state;
const reviewed = (size: TestTerminal, one: Review) =>
  afterEvents(opened(size, '6'), [{ kind: 'reviewed', review: one, choices: CHOSEN }]).state;
/** While the image is written, and what comes after. */
const converting = (size: TestTerminal, ...later: readonly AppEvent[]) =>
  afterEvents(reviewed(size, review), [...keys('enter'), ...conversionEvents(), ...later]).state;
const converted = (size: TestTerminal, ...pressed: readonly string[]) =>
  converting(size, { kind: 'converted', result, now: 9000 }, ...keys(...pressed));

const SCREENS: readonly [string, Make][] = [
  ['source', size => source(size)],
  ['source-all', size => source(size, 'f', 'j', 'j')],
  ['source-typed', size => source(size, '/', ...'doc')],
  [
    'source-store-problem',
    size => {
      const problems = [
        "cannot read '/etc/torcx/next-profile': permission denied",
        '/etc/torcx/config.json:1:2 no',
      ];
      const { offers } = source(size).screens.source.stores;
      return afterEvents(source(size), [{ kind: 'stores', stores: { offers, problems } }]).state;
    },
  ],
  [
    'source-broken',
    size => {
      const effect = { do: 'inspect', choices: CHOSEN } as const;
      const what =
        'archive ends early at 42.1 KiB, entry 53; last good entry bin/containerd-shim-runc-v2';
      const hint = 'download again with curl -fL';
      const failed = { kind: 'failed', effect, error: new Error('x'), what, hint } as const;
      return afterEvents(source(size, 'j', 'j', 'enter'), [failed]).state;
    },
  ],
  [
    'source-name',
    size => {
      const paste = { kind: 'paste', text: '/srv/日本語の名前です/what a name.tgz' } as const;
      return afterEvents(source(size), [paste, ...keys('enter')]).state;
    },
  ],
  [
    'source-empty',
    size =>
      afterEvents(source(size), [...keys('h'), { kind: 'listed', path: '../', entries: [] }]).state,
  ],
  ['opening', size => source(size, 'enter')],
  [
    'options-long',
    size =>
      opened(
        size,
        '5',
        'j',
        'j',
        'j',
        ' ',
        ...'/home/core/extensions/of/this/node/and/of/others/docker.raw',
        'enter',
      ),
  ],
  ['options-format', size => opened(size, '5', 'j', 'j', 'j', 'j', 'l', 'l')],
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
      return reviewed(size, {
        ...review,
        files,
        obstacle: { what: "'docker.raw' exists", isReplaceable: true },
      });
    },
  ],
  ['convert', size => converting(size)],
  ['convert-help', size => converting(size, ...keys('?'))],
  ['wizard-help', size => opened(size, '?')],
  ['convert-question', size => converting(size, ...keys('ctrl-c'))],
  ['convert-stopping', size => converting(size, { kind: 'cancelling' })],
  [
    'convert-failed',
    size =>
      converting(size, {
        kind: 'failed',
        effect: { do: 'convert', choices: CHOSEN },
        error: new Error('full'),
        what: 'no space left on /var/tmp: need 54 MiB; temporary file removed, old file kept',
        hint: '--output to another disk',
      }),
  ],
  ['report', size => converted(size)],
  ['report-mapping', size => converted(size, 'tab', 'tab', 'tab', 'tab', 'tab')],
  ['report-diff', size => converted(size, 'G', 'shift-tab', 'shift-tab', 'shift-tab', 'shift-tab')],
];

describe.each(TERMINALS)('on $name', size => {
  /** `vitest -u` writes them. */
  it.each(SCREENS)('the screen %s is as committed', async (name, make) => {
    const frame = `${stripVTControlCharacters(frameOf(make(size))).replaceAll(/ +$/gm, '')}\n`;
    assertFits(frame, size);
    await expect(frame).toMatchFileSnapshot(`golden/${name}-${size.name}.txt`);
  });
});
