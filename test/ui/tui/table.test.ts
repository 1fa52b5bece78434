import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import type { InspectReport } from '../../../src/convert/inspect-report.ts';
import { frameOf } from '../../../src/ui/tui/run-tui.tsx';
import { fixtureImage } from '../../support/fixture-images.ts';
import { afterEvents, inspectedReport, keys, plannedState } from './support/planned-state.ts';

let report: InspectReport;
beforeAll(async () => {
  report = await inspectedReport(fixtureImage('flatcar-style.torcx.tgz'), 'docker:20.10');
});

/** On the smallest terminal, where nothing stands beside a table. */
function pressed(...names: readonly string[]) {
  return afterEvents(plannedState(report, { columns: 60, rows: 16 }), keys(...names)).state;
}

function frameAfter(...names: readonly string[]): string {
  return stripVTControlCharacters(frameOf(pressed(...names)));
}

describe('Tab shows all that is known of a row', () => {
  test.each([
    ['a binary', ['2', 'j', 'tab'], ['bin/containerd-shim', 'goes to', 'size']],
    ['a unit', ['3', 'G', 'tab'], ['docker.socket', 'started by', '--- a/usr/lib/systemd']],
    ['a finding', ['4', 'tab'], ['TX601 dynamic-elf', 'severity', 'where']],
  ])('of %s', (_, names, words) => {
    const top = frameAfter(...names);
    const bottom = frameAfter(...names, 'G');
    for (const word of words) expect(top + bottom).toContain(word);
  });

  test.each(['escape', 'tab', 'enter', 'q'])('until %s', key => {
    expect(frameAfter('3', 'G', 'tab', key)).toBe(frameAfter('3', 'G'));
  });

  test('and keys that move scroll it, and leave the row', () => {
    const state = pressed('3', 'G', 'tab', 'j', 'j');
    expect(state.screens.units).toMatchObject({ detailsTop: 2, list: { cursor: 4 } });
  });

  test('from where the file is one key away, and its rule', () => {
    const shown = pressed('3', 'G', 'tab', 'v');
    expect(shown.screen).toBe('files');
    expect(shown.screens.units.detailsTop).toBeUndefined();
    expect(pressed('3', 'G', 'tab', 'x').overlay).toMatchObject({ kind: 'explain' });
  });
});

describe('the view of a file', () => {
  test('begins with what is known of it, where that has no room beside it', () => {
    const names = ['/', ...'docker.socket', 'enter', 'enter'];
    expect(frameAfter(...names)).toMatch(/goes to[\s\S]*because/);
    expect(frameAfter(...names, 'G')).toContain('-Requires=torcx.target');
    const wide = afterEvents(
      plannedState(report, { columns: 120, rows: 40 }),
      keys(...names),
    ).state;
    expect(stripVTControlCharacters(frameOf(wide))).not.toContain('goes to');
  });

  test('has that of a link too, which has no content', () => {
    const frame = frameAfter('/', ...'docker-init', 'enter', 'enter');
    expect(frame).toContain('link to');
  });
});

test('a search has the matches that the filter lets through', () => {
  const { search } = pressed('/', ...'docker', 'enter', 'f').screens.files;
  expect(search?.matches.every(path => /\.(service|socket)$/.test(path))).toBe(true);
  expect(search?.matches.length).toBeGreaterThan(0);
});

test('a question is answered with a line that can be edited anywhere', () => {
  const { effects } = afterEvents(
    plannedState(report, { columns: 80, rows: 24 }),
    keys('e', 'home', 'x', 'right', 'delete', 'enter'),
  );
  expect(effects.at(-1)).toMatchObject({ do: 'savePlan', path: 'xdcker.plan.json' });
});

test('below the smallest size keys are not for what nobody sees', () => {
  const small = afterEvents(pressed(), [
    { kind: 'resize', viewport: { columns: 59, rows: 16 } },
    ...keys(' ', 'j', 'q'),
    { kind: 'resize', viewport: { columns: 60, rows: 16 } },
  ]);
  expect(small.state.outcome).toBeUndefined();
  expect(small.effects.filter(({ do: work }) => work === 'plan')).toEqual([]);
  expect(stripVTControlCharacters(frameOf(small.state))).toBe(frameAfter());
  const ended = afterEvents(small.state, [
    { kind: 'resize', viewport: { columns: 59, rows: 16 } },
    ...keys('ctrl-c'),
  ]);
  expect(ended.state.outcome).toMatchObject({ exitCode: 130 });
});
