import { stripVTControlCharacters } from 'node:util';
import { beforeAll, describe, expect, it, test } from 'vitest';
import type { Answers } from '../../../../src/command-line/answers.ts';
import type { AppState } from '../../../../src/ui/tui/app-state.ts';
import { OPTION_ROWS } from '../../../../src/ui/tui/options/option-rows.ts';
import { frameOf } from '../../../../src/ui/tui/run-tui.tsx';
import { fixtureImage } from '../../../support/fixture-images.ts';
import { afterEvents, inspectedReport, keys } from '../support/planned-state.ts';
import { CHOSEN, openedState } from '../support/wizard-state.ts';

let start: AppState;
beforeAll(async () => {
  const report = await inspectedReport(fixtureImage('flatcar-style.torcx.tgz'), 'docker:20.10');
  start = afterEvents(openedState(report, { columns: 100, rows: 30 }), keys('5')).state;
});

/** With the cursor on the question with this title. */
function at(title: string): string[] {
  const index = OPTION_ROWS.findIndex(row =>
    row.kind === 'question' ? row.question.title === title : row.title === title,
  );
  if (index < 0) throw new Error(`nobody asks for ${title}`);
  return ['g', ...Array.from({ length: index }, () => 'j')];
}

function afterKeys(...pressed: readonly string[]) {
  return afterEvents(start, keys(...pressed));
}

test.each<[string, readonly string[], Partial<Answers>]>([
  ['Compression', ['l'], { compression: 'zstd:19' }],
  ['Compression', ['l', 'l'], { compression: 'gzip' }],
  ['Compression', ['l', 'l', 'l'], {}],
  ['Compression', ['h'], { compression: 'gzip' }],
  ['Compression', ['l', 'backspace'], {}],
  ['Compression', [' ', 'ctrl-u', ...'zstd:3', 'enter'], { compression: 'zstd:3' }],
  ['Compression', [' ', ...':3', 'escape'], {}],
  ['Reports', ['l'], { noReport: true }],
  ['Reports', ['l', 'l'], {}],
  ['Reports', [' ', ...'a.md, b.json', 'enter'], { report: ['a.md', 'b.json'] }],
  ['Reload systemd', [' '], { noReload: true }],
  ['Reload systemd', [' ', ' '], {}],
  ['Verify contents', ['l'], { verify: true }],
  ['Image', [' ', ...'/x/y.raw', 'enter'], { output: '/x/y.raw' }],
  ['Threads', [' ', '4', 'enter'], { jobs: '4' }],
  ['Threads', ['l'], {}],
  ['Name of the extension', [' ', ...'other', 'enter'], { name: 'other' }],
])('%s: %j', (title, pressed, answers) => {
  const { state } = afterKeys(...at(title), ...pressed);
  expect(state.session.choices).toEqual({ ...CHOSEN, ...answers });
  expect(state.screens.options.field).toBeUndefined();
});

it('takes nothing that the command line would not take, and goes on asking', () => {
  const { state } = afterKeys(...at('Compression'), ' ', ...':99', 'enter');
  expect(state.session.choices).toEqual(CHOSEN);
  expect(state.screens.options.field?.text).toBe('zstd:99');
  expect(stripVTControlCharacters(frameOf(state))).toContain("invalid value 'zstd:99'");
});

it('takes answers that need each other one after the other', () => {
  const first = afterKeys(...at('Butane'), ' ', ...'n.bu', 'enter').state;
  expect(first.session.choices).toEqual({ ...CHOSEN, butane: 'n.bu' });
  const both = afterEvents(first, keys(...at('Image address'), ' ', ...'https://x.org/', 'enter'));
  expect(both.state.session.choices).toEqual({
    ...CHOSEN,
    butane: 'n.bu',
    imageUrl: 'https://x.org/',
  });
});

it('types where it edits, whatever the keys mean elsewhere', () => {
  const { state } = afterKeys(...at('Image'), ' ', ...'q?1 6', 'left', 'x');
  expect(state.screens.options.field).toEqual({ text: 'q?1 x6', cursor: 5 });
  expect(state.screen).toBe('options');
});

describe('keys lead', () => {
  test.each([
    ['Start units', [' '], 'units'],
    ['Leave out', [' '], 'files'],
    ['Image', ['enter'], 'review'],
    ['Image', ['escape'], 'findings'],
  ])('from %s by %j to %s', (title, pressed, screen) => {
    expect(afterKeys(...at(title), ...pressed).state.screen).toBe(screen);
  });
});
