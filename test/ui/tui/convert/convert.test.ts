import { beforeAll, describe, expect, it, test } from 'vitest';
import { ToolError } from '../../../../src/errors.ts';
import type { AppEvent } from '../../../../src/ui/tui/app-event.ts';
import type { AppState } from '../../../../src/ui/tui/app-state.ts';
import { convertLines } from '../../../../src/ui/tui/convert/convert-lines.ts';
import { phaseFacts } from '../../../../src/ui/tui/convert/phase-facts.ts';
import type { WrittenResult } from '../../../../src/ui/wizard/wizard-services.ts';
import { fixtureImage } from '../../../support/fixture-images.ts';
import { afterEvents, inspectedReport, keys } from '../support/planned-state.ts';
import { CHOSEN, conversionEvents, openedState, resultOf } from '../support/wizard-state.ts';

let start: AppState;
let result: WrittenResult;
beforeAll(async () => {
  const report = await inspectedReport(fixtureImage('flatcar-style.torcx.tgz'), 'docker:20.10');
  start = { ...openedState(report, { columns: 80, rows: 24 }), screen: 'convert' };
  result = await resultOf('flatcar-style');
});

function converting(...later: readonly AppEvent[]) {
  return afterEvents(start, [...conversionEvents(), ...later]);
}

function failed(error: unknown, what = 'the disk is full'): AppEvent {
  return { kind: 'failed', effect: { do: 'convert', choices: CHOSEN }, error, what };
}

const converted = (): AppEvent => ({ kind: 'converted', result, now: 9000 });

describe('while it runs', () => {
  it.each(['1', '2', '6', 'F', 'enter', ' ', 'j', 'tab', 'e', 'x'])('%j does nothing', key => {
    expect(converting(...keys(key))).toEqual(converting());
  });

  test.each(['ctrl-c', 'escape', 'q'])('%s asks before it stops', key => {
    const asked = converting(...keys(key));
    expect(asked.state.overlay?.kind).toBe('confirm');
    expect(asked.effects).toEqual([]);
    expect(converting(...keys(key, 'n'))).toEqual(converting());
    expect(converting(...keys(key, 'y')).effects).toEqual([{ do: 'cancel' }]);
    expect(converting(...keys(key, 'ctrl-c')).effects).toEqual([{ do: 'cancel' }]);
  });

  test('a bar is full at the most, whatever was said of the whole', () => {
    const phase = { stage: 'build', since: 0, done: 3000, total: 2000 } as const;
    const facts = phaseFacts('build', { session: start.session, phase, now: 0, room: 29 });
    expect(facts[0]).toBe(`[${'#'.repeat(20)}]  100 %`);
  });

  test('? shows its keys', () => {
    expect(converting(...keys('?')).state.overlay?.kind).toBe('help');
  });

  test('it is stopped once', () => {
    const { state, effects } = converting({ kind: 'cancelling' }, ...keys('ctrl-c', 'q'));
    expect(state.overlay).toBeUndefined();
    expect(effects).toEqual([]);
  });
});

describe('when it ends', () => {
  it('is on Review after it was stopped, which is looked at again', () => {
    const interrupted = new ToolError('interrupted', { signal: 2 });
    const { state, effects } = converting({ kind: 'cancelling' }, failed(interrupted));
    expect(state.screen).toBe('review');
    expect(state.message?.text).toBe('cancelled: nothing was written');
    expect(effects).toEqual([{ do: 'review', choices: CHOSEN }]);
  });

  it.each(['enter', 'escape'])('stays after a failure until %s', key => {
    const { state } = converting(failed(new Error()));
    expect([state.screen, state.message, state.screens.convert.failure]).toEqual([
      'convert',
      undefined,
      { what: 'the disk is full' },
    ]);
    const next = afterEvents(state, keys(key));
    expect(next.state.screen).toBe('review');
    expect(next.effects).toEqual([{ do: 'review', choices: CHOSEN }]);
  });

  it('shows nothing of a failure when it starts again', () => {
    const { state } = converting(failed(new Error()), ...conversionEvents());
    expect(state.screens.convert).toEqual(converting().state.screens.convert);
  });

  it.each([
    ['', []],
    [' while it asks whether to stop', keys('ctrl-c')],
  ])('shows the report%s', (_when, before) => {
    const { state } = converting(...before, converted());
    expect(state.screen).toBe('report');
    expect(state.overlay).toBeUndefined();
  });

  it.each(['enter', 'q'])('%s on the report ends with what was written', key => {
    const { state } = converting(converted(), ...keys(key));
    const files = ['docker.raw', 'docker.report.md', 'docker.report.json'];
    expect(state.outcome).toEqual({ exitCode: 0, lines: files.map(file => `wrote ./${file}`) });
  });

  it.each(['1', 'F', 'escape', ' '])('%j on the report does not leave it', key => {
    expect(converting(converted(), ...keys(key)).state.screen).toBe('report');
  });
});

test('a directory is not checked as an image', () => {
  const { session, screens } = converting().state;
  const choices = { ...session.choices, imageFormat: 'directory' };
  const texts = (one: typeof session) =>
    convertLines(screens.convert, one, 78).map(line => line.map(({ text }) => text).join(''));
  expect(texts(session).some(text => text.includes('Check image'))).toBe(true);
  expect(texts({ ...session, choices }).some(text => text.includes('Check image'))).toBe(false);
});
