import { beforeAll, describe, expect, it } from 'vitest';
import { NO_ANSWERS } from '../../../src/command-line/answers.ts';
import type { InspectReport } from '../../../src/convert/inspect-report.ts';
import { ToolError } from '../../../src/errors.ts';
import type { AppState } from '../../../src/ui/tui/app-state.ts';
import { nodeAtCursor } from '../../../src/ui/tui/files/files-state.ts';
import { fixtureImage } from '../../support/fixture-images.ts';
import { afterEvents, inspectedReport, keys, plannedState } from './support/planned-state.ts';

let report: InspectReport;
let start: AppState;

beforeAll(async () => {
  report = await inspectedReport(fixtureImage('flatcar-style.torcx.tgz'), 'docker:20.10');
  start = plannedState(report, { columns: 120, rows: 40 });
});

function press(...pressed: readonly string[]) {
  return afterEvents(start, keys(...pressed));
}

function pathAfter(...pressed: readonly string[]): string | undefined {
  return nodeAtCursor(press(...pressed).state.screens.files)?.path;
}

describe('the tree', () => {
  it.each([
    [['j'], '.torcx/manifest.json'],
    [['down', 'down'], 'bin'],
    [['j', 'j', 'k'], '.torcx/manifest.json'],
    [['k'], '.torcx'],
    [['G'], '/added/usr/lib/systemd/system/sockets.target.d/10-docker-socket.conf'],
    [['G', 'g'], '.torcx'],
    [['l'], '.torcx/manifest.json'],
    [['h', 'j'], 'bin'],
    [['h', 'l', 'j'], '.torcx/manifest.json'],
    [['j', 'h'], '.torcx'],
    [['pageDown', 'pageUp'], '.torcx'],
    [['f', 'j', 'j', 'j'], 'lib/systemd/system/containerd.service'],
    [['f', 'f', 'j'], 'bin/docker-proxy'],
    [['s'], '.torcx'],
    [['s', 'g'], 'lib'],
    [['/', ...'DOCKER.serv'], 'lib/systemd/system/docker.service'],
    [['/', ...'docker', 'enter', 'n'], 'bin/docker-containerd'],
    [
      ['/', ...'docker', 'enter', 'N'],
      '/added/usr/lib/systemd/system/sockets.target.d/10-docker-socket.conf',
    ],
    [['/', ...'xy', 'backspace', 'backspace', ...'tini', 'enter'], 'bin/tini'],
    [['j', '/', ...'tini', 'escape'], '.torcx/manifest.json'],
    [['/', ...'system/docker.so', 'enter'], 'lib/systemd/system/docker.socket'],
    [['/', ...'nothing-like-it', 'enter'], '.torcx'],
  ])('%j leads to %s', (pressed, path) => {
    expect(pathAfter(...pressed)).toBe(path);
  });

  it('opens what a match hides', () => {
    const { folded } = press('j', 'j', 'h', '/', ...'tini').state.screens.files;
    expect([...folded]).toEqual([]);
  });

  it('has no key of a search that is typed for anything else', () => {
    const { state } = press('/', ...'q?4 x');
    expect(state).toMatchObject({
      screen: 'files',
      screens: { files: { search: { text: 'q?4 x' } } },
    });
    expect(state.outcome).toBeUndefined();
    expect(state.overlay).toBeUndefined();
  });

  it('takes pasted text into a search, and nowhere else', () => {
    const paste = { kind: 'paste', text: 'q\nq' } as const;
    expect(afterEvents(start, [paste])).toEqual({ state: start, effects: [] });
    const typed = afterEvents(start, [...keys('/'), paste]).state.screens.files;
    expect(typed.search?.text).toBe('q q');
  });
});

describe('work that is asked for', () => {
  it.each([
    ['a file is previewed', ['j'], { do: 'preview', path: '.torcx/manifest.json' }],
    ['an entry is dropped', ['j', 'j', ' '], plan({ drop: ['bin'] })],
    ['what the plan drops is kept', [' '], plan({ keep: ['.torcx'] })],
    ['a choice is taken back', ['j', 'j', ' ', ' '], plan({})],
    ['a unit is started', ['3', 'j', 'j', 'j', ' '], plan({ enable: ['docker.service'] })],
    ['a unit is not started', ['3', 'j', 'j', ' '], plan({ noEnable: ['containerd.service'] })],
    ['a rule is read', ['4', 'x'], { do: 'readRule', rule: 'TX601' }],
    [
      'the plan is written',
      ['e', 'enter'],
      { do: 'savePlan', path: 'docker.plan.json', choices: NO_ANSWERS, overwrite: false },
    ],
  ])('%s', (_what, pressed, effect) => {
    expect(press(...pressed).effects.at(-1)).toEqual(effect);
  });

  it('asks before it replaces a file', () => {
    const effect = {
      do: 'savePlan',
      path: 'x.json',
      choices: NO_ANSWERS,
      overwrite: false,
    } as const;
    const facts = { path: 'x.json', size: 1, mtime: new Date(0) };
    const error = new ToolError('output-exists', facts);
    const failed = { kind: 'failed', effect, error, what: 'it exists' } as const;
    expect(afterEvents(start, [failed, ...keys('enter', 'x')]).effects).toEqual([]);
    expect(afterEvents(start, [failed, ...keys('n')]).state.overlay).toBeUndefined();
    expect(afterEvents(start, [failed, ...keys('y')]).effects).toEqual([
      { ...effect, overwrite: true },
    ]);
  });

  it('takes back a choice that cannot be planned', () => {
    const { state, effects } = press('j', 'j', ' ');
    const [effect] = effects.slice(-1);
    if (!effect) throw new Error('nothing was asked for');
    const failed = { kind: 'failed', effect, error: new Error('x'), what: 'it cannot go' } as const;
    const after = afterEvents(state, [failed]).state;
    expect(after.session.choices).toEqual(NO_ANSWERS);
    expect(after.message).toEqual({ text: 'it cannot go', tone: 'error' });
  });
});

function plan(choices: object) {
  return { do: 'plan', choices: { ...NO_ANSWERS, ...choices } };
}

describe('the screens', () => {
  it.each([
    [['2'], 'binaries'],
    [['3'], 'units'],
    [['4'], 'findings'],
    [['F'], 'findings'],
    [['4', '1'], 'files'],
    [['4', 'escape'], 'units'],
    [['escape'], 'files'],
    [['4', 'enter'], 'files'],
  ])('%j shows %s', (pressed, screen) => {
    expect(press(...pressed).state.screen).toBe(screen);
  });

  it('shows a finding in its file', () => {
    const { state } = press('j', 'j', 'h', '4', 'j', 'enter');
    expect(nodeAtCursor(state.screens.files)?.path).toBe('bin/dockerd');
  });

  it.each([
    [['q'], 0],
    [['ctrl-c'], 130],
    [['?', 'ctrl-c'], 130],
    [['/', 'x', 'ctrl-c'], 130],
    [['e', 'ctrl-c'], 130],
  ])('%j ends it with %i', (pressed, exitCode) => {
    expect(press(...pressed).state.outcome).toEqual({ exitCode, lines: [] });
  });

  it.each([[['?', 'q']], [['?', 'escape']], [['4', 'x', 'x']], [['e', 'escape']]])(
    '%j closes what it has opened',
    pressed => {
      const { state } = press(...pressed);
      expect(state.overlay).toBeUndefined();
      expect(state.outcome).toBeUndefined();
    },
  );

  it('ends as the report does of an image that cannot be converted', () => {
    const refused = plannedState({ ...report, exitCode: 4 }, { columns: 120, rows: 40 });
    expect(afterEvents(refused, keys('q')).state.outcome).toEqual({ exitCode: 4, lines: [] });
  });

  it('ends with the error of an archive that cannot be read', () => {
    const error = new Error('truncated');
    const effect = { do: 'inspect', choices: NO_ANSWERS } as const;
    const { state } = afterEvents(start, [{ kind: 'failed', effect, error, what: 'x' }]);
    expect(state.outcome).toEqual({ error });
  });

  it('keeps the cursor on its entry when the plan is made again', () => {
    const { state } = press('/', ...'tini', 'enter');
    const planned = { kind: 'planned', report, choices: NO_ANSWERS } as const;
    expect(nodeAtCursor(afterEvents(state, [planned]).state.screens.files)?.path).toBe('bin/tini');
  });
});
