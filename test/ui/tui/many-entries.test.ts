import { beforeAll, expect, test } from 'vitest';
import type { InspectReport } from '../../../src/convert/inspect-report.ts';
import type { AppState } from '../../../src/ui/tui/app-state.ts';
import { reduceApp } from '../../../src/ui/tui/reduce-app.ts';
import { frameOf } from '../../../src/ui/tui/run-tui.tsx';
import { fixtureImage } from '../../support/fixture-images.ts';
import { inspectedReport, plannedState } from './support/planned-state.ts';

const SIZE = { columns: 120, rows: 40 };
const MANY = 20_000;

let state: AppState;
beforeAll(async () => {
  const report = await inspectedReport(fixtureImage('flatcar-style.torcx.tgz'), 'docker:20.10');
  state = plannedState(withManyFiles(report), SIZE);
});

/** As many more, all of them in one directory. */
function withManyFiles(report: InspectReport): InspectReport {
  const file = report.entries.find(({ kind }) => kind === 'file');
  if (!file) throw new Error('no file in the fixture');
  const names = Array.from(
    { length: MANY },
    (_, index) => `bin/n-${String(index).padStart(5, '0')}`,
  );
  const more = names.map(path => ({ ...file, path, to: `usr/${path}` }));
  return { ...report, entries: [...report.entries, ...more] };
}

/** The same state, with rows that count how often somebody looks at one of them. */
function counted(before: AppState): { readonly state: AppState; readonly looks: () => number } {
  let looks = 0;
  const rows = new Proxy(before.screens.files.rows, {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
      return Reflect.get(target, key, receiver);
    },
  });
  const files = { ...before.screens.files, rows };
  return { state: { ...before, screens: { ...before.screens, files } }, looks: () => looks };
}

test.each([['j'], ['pageDown'], ['G'], ['G', 'k'], ['tab', 'j'], ['?']])(
  'after %j of 20,000 entries only those in the window are looked at',
  (...keys) => {
    expect(state.screens.files.rows.length).toBeGreaterThan(MANY);
    const { state: first, looks } = counted(state);
    const last = keys.reduce((one, key) => reduceApp(one, { kind: 'key', key }).state, first);
    expect(frameOf(last)).not.toBe(frameOf(state));
    expect(last.screens.files.rows).toBe(first.screens.files.rows);
    expect(looks()).toBeLessThan(3 * SIZE.rows);
  },
);

test('a long list is painted as quickly at its end as at its beginning', () => {
  const { state: first, looks } = counted(state);
  frameOf(first);
  const atBeginning = looks();
  const end = reduceApp(first, { kind: 'key', key: 'G' }).state;
  const before = looks();
  frameOf(end);
  expect(looks() - before).toBe(atBeginning);
});
