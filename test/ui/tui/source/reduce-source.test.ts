import { describe, expect, it, test } from 'vitest';
import { NO_ANSWERS } from '../../../../src/command-line/answers.ts';
import { ToolError } from '../../../../src/errors.ts';
import type { AppEvent } from '../../../../src/ui/tui/app-event.ts';
import { commonStart, parentOf, splitPath } from '../../../../src/ui/tui/source/source-path.ts';
import { sourceRows } from '../../../../src/ui/tui/source/source-state.ts';
import { contextOf } from '../../../../src/ui/tui/step-screen.ts';
import { afterEvents, keys } from '../support/planned-state.ts';
import { ARCHIVE, sourceState } from '../support/wizard-state.ts';

const START = sourceState({ columns: 100, rows: 30 });

function afterKeys(...pressed: readonly string[]) {
  return afterEvents(START, keys(...pressed));
}

function listed(path: string, ...names: readonly string[]): AppEvent {
  const entries = names.map(name => {
    return name.endsWith('/')
      ? { name: name.slice(0, -1), kind: 'directory' as const }
      : { name, kind: 'image' as const, size: 1 };
  });
  return { kind: 'listed', path, entries };
}

function open(archive: string, more: object = {}) {
  return { do: 'inspect', choices: { ...NO_ANSWERS, archive, ...more } };
}

describe('the list', () => {
  it('has what the stores offer, then archives, then directories', () => {
    const rows = sourceRows(START.screens.source, contextOf(START)).map(row =>
      row.kind === 'offer' ? row.offer.path : row.kind === 'entry' ? row.entry.name : row.kind,
    );
    expect(rows).toEqual([
      '/var/lib/torcx/store/docker:20.10.torcx.tgz',
      '/var/lib/torcx/store/docker:19.03.torcx.tgz',
      ARCHIVE,
      'docs.tar.gz',
      'down',
      'downloads',
      'up',
    ]);
  });

  test.each([
    ['an image of a store', ['enter'], open('/var/lib/torcx/store/docker:20.10.torcx.tgz')],
    ['the next one', ['j', 'l'], open('/var/lib/torcx/store/docker:19.03.torcx.tgz')],
    ['an image of the directory', ['j', 'j', 'enter'], open(ARCHIVE)],
    ['a directory', ['j', 'j', 'j', 'j', 'enter'], { do: 'listDirectory', path: 'down/' }],
    ['the directory above', ['G', 'enter'], { do: 'listDirectory', path: '../' }],
    ['the same by its key', ['h'], { do: 'listDirectory', path: '../' }],
    ['a file that is none by its name', ['f', 'G', 'k', 'k', 'k', 'enter'], open('notes.txt')],
  ])('opens %s', (_what, pressed, effect) => {
    expect(afterKeys(...pressed).effects).toEqual([effect]);
  });

  it('opens nothing for who types ahead of its first rows', () => {
    expect(afterKeys('h', 'enter').effects).toEqual([{ do: 'listDirectory', path: '../' }]);
  });
});

describe('the path', () => {
  test.each([
    ['a name as far as it is clear', ['/', ...'do', 'tab'], 'do'],
    ['the rest of the only name', ['/', ...'dock', 'tab'], ARCHIVE],
    ['a common beginning', ['/', ...'dow', 'tab'], 'down'],
    ['a directory with its slash', ['/', ...'downl', 'tab'], 'downloads/'],
    ['a word taken back', ['/', ...'down/x', 'ctrl-w', ...'y'], 'down/y'],
  ])('is completed: %s', (_what, pressed, text) => {
    expect(afterKeys(...pressed).state.screens.source.field.text).toBe(text);
  });

  test.each([
    ['a directory that is typed', ['/', ...'down/'], { do: 'listDirectory', path: 'down/' }],
    ['the home directory', ['/', ...'~/'], { do: 'listDirectory', path: '/home/u/' }],
    ['an archive that is typed', ['/', ...'/a/b:1.tgz', 'enter'], open('/a/b:1.tgz')],
    ['an archive at home', ['/', ...'~/b:1.tgz', 'enter'], open('/home/u/b:1.tgz')],
    ['a directory by Enter', ['/', ...'down', 'enter'], { do: 'listDirectory', path: 'down/' }],
  ])('asks for %s', (_what, pressed, effect) => {
    expect(afterKeys(...pressed).effects.at(-1)).toEqual(effect);
  });

  it('takes what is pasted, also from the list', () => {
    const paste = { kind: 'paste', text: '/x/docker:1.torcx.tgz\n' } as const;
    const { state, effects } = afterEvents(START, [paste, ...keys('enter')]);
    expect(effects.at(-1)).toEqual(open('/x/docker:1.torcx.tgz'));
    expect(state.screen).toBe('files');
  });

  it('shows only what is in its directory', () => {
    const { state } = afterEvents(START, [
      ...keys('/', ...'down/'),
      listed('down/', 'a/', 'b:1.tgz'),
    ]);
    const rows = sourceRows(state.screens.source, contextOf(state));
    expect(rows.map(row => (row.kind === 'entry' ? row.entry.name : row.kind))).toEqual([
      'b:1.tgz',
      'a',
      'up',
    ]);
  });

  it('is not confused by a listing that comes late', () => {
    const listings = [listed('down/', 'b:1.tgz'), listed('', 'other:1.tgz')];
    const { state } = afterEvents(START, [...keys('/', ...'down/'), ...listings]);
    const [first] = sourceRows(state.screens.source, contextOf(state));
    expect(first).toMatchObject({ entry: { name: 'b:1.tgz' } });
  });

  it('tells why a directory cannot be listed, until another one is', () => {
    const [effect] = afterKeys('/', ...'down/').effects.slice(-1);
    if (!effect) throw new Error('nothing was asked for');
    const failed = { kind: 'failed', effect, error: new Error('x'), what: 'no way' } as const;
    const { state } = afterEvents(afterKeys('/', ...'down/').state, [failed]);
    expect(state.screens.source.problem).toBe('no way');
    expect(afterEvents(state, keys('escape', 'j')).state.screens.source.problem).toBe('no way');
    expect(afterEvents(state, keys('ctrl-u')).state.screens.source.problem).toBeUndefined();
  });
});

describe('an archive', () => {
  it('without a name for the extension is asked for one', () => {
    const { state, effects } = afterKeys('/', ...'a b.tgz', 'enter');
    expect(effects.filter(({ do: what }) => what === 'inspect')).toEqual([]);
    expect(state.overlay).toMatchObject({ kind: 'ask', field: { text: 'a-b' } });
    expect(afterEvents(state, keys('enter')).effects).toEqual([open('a b.tgz', { name: 'a-b' })]);
  });

  it('is asked for another name until it has one that can be', () => {
    const { state } = afterKeys('/', ...'a b.tgz', 'enter', 'ctrl-u', ...'c d', 'enter');
    expect(state.overlay).toMatchObject({
      kind: 'ask',
      question: expect.stringContaining("'c d'"),
      field: { text: 'c-d', cursor: 3 },
    });
    expect(afterEvents(state, keys('enter')).effects).toEqual([open('a b.tgz', { name: 'c-d' })]);
  });

  it('takes nothing over from another one when it is given a name', () => {
    const choices = { ...NO_ANSWERS, archive: 'a:1.tgz', name: 'x', drop: ['bin'] };
    const begun = { ...START, session: { ...START.session, choices } };
    const { effects } = afterEvents(begun, keys('/', ...'a b.tgz', 'enter', 'enter'));
    expect(effects.at(-1)).toEqual(open('a b.tgz', { name: 'a-b' }));
  });

  it.each([
    ['usage', { enable: [], drop: [] }],
    ['input-unreadable', { enable: ['a.service'], drop: ['bin/x'] }],
  ] as const)('that fails by %s leaves of the choices what can be right', (code, left) => {
    const choices = { ...NO_ANSWERS, archive: 'a:1.tgz', enable: ['a.service'], drop: ['bin/x'] };
    const error =
      code === 'usage'
        ? new ToolError(code, { what: 'no such unit' })
        : new ToolError(code, { path: 'a:1.tgz', reason: 'x' });
    const effect = { do: 'inspect', choices } as const;
    const begun = { ...START, session: { ...START.session, choices } };
    const { state } = afterEvents(begun, [{ kind: 'failed', effect, error, what: 'no' }]);
    expect(state.session.choices).toEqual({ ...choices, archive: '', ...left });
    expect(state.screen).toBe('source');
    expect(state.screens.source.problem).toBe('no');
    expect(afterEvents(state, keys('j')).state.screens.source.problem).toBeUndefined();
  });

  it('takes nothing over that was decided about another one', () => {
    const choices = { ...NO_ANSWERS, archive: 'a:1.tgz', name: 'x', drop: ['bin'], force: true };
    const begun = { ...START, session: { ...START.session, choices } };
    expect(afterEvents(begun, keys('enter')).effects).toEqual([
      open('/var/lib/torcx/store/docker:20.10.torcx.tgz', { force: true }),
    ]);
  });

  it('has to be there before other screens are', () => {
    const { state } = afterKeys('5');
    expect(state.screen).toBe('source');
    expect(state.message).toEqual({ text: 'choose an archive first' });
  });
});

test.each([
  ['', '../'],
  ['./', '../'],
  ['../', '../../'],
  ['a/', ''],
  ['a/b/', 'a/'],
  ['/', '/'],
  ['/a/', '/'],
  ['/a/b/', '/a/'],
])("the directory above '%s' is '%s'", (path, above) => expect(parentOf(path)).toBe(above));

test.each([
  [[], ''],
  [['abc'], 'abc'],
  [['abc', 'abd'], 'ab'],
  [['abc', 'x'], ''],
])('all of %j begin with %s', (names, start) => expect(commonStart(names)).toBe(start));

it('takes a path apart', () => {
  expect(splitPath('/a/b')).toEqual({ directory: '/a/', prefix: 'b' });
  expect(splitPath('b')).toEqual({ directory: '', prefix: 'b' });
});
