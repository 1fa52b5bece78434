import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TerminalEvent } from '../../../src/ui/terminal/terminal-event.ts';
import { openTerminal } from '../../../src/ui/terminal/terminal-session.ts';
import { FakeProcess } from './support/fake-process.ts';

const ENTER = 'write ^[?1049h^[?25l^[?7l^[?2004h^[H^[2J';
const LEAVE = 'write ^[0m^[?2004l^[?7h^[?25h^[?1049l';
const TAKE = ['raw off', 'raw on', ENTER];
const GIVE_BACK = [LEAVE, 'raw off'];
const ASK_SIZE = 'kill 4711 SIGWINCH';

function open(size = { columns: 80, rows: 24 }) {
  const process = new FakeProcess(size);
  const session = openTerminal(process, 'utf8');
  const events: TerminalEvent[] = [];
  session.onEvent(event => events.push(event));
  return { process, session, events };
}

const key = (name: string): TerminalEvent => ({ kind: 'key', key: name });

function shown(lines: readonly string[]): string {
  const changes = lines.map((line, row) => `^[${row + 1};1H^[0m^[K${line}`);
  return `write ^[?2026h${changes.join('')}^[?2026l`;
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the screen', () => {
  test('is taken at the beginning and given back at the end, once', () => {
    const { process, session } = open();
    expect(process.takeLog()).toEqual([...TAKE, 'resume']);
    session.close();
    session.close();
    expect(process.takeLog()).toEqual([...GIVE_BACK, 'pause']);
  });

  test('leaves no listener behind but the one for errors', () => {
    const { process, session } = open();
    session.close();
    expect(process.eventNames()).toEqual([]);
    expect(process.stdout.eventNames()).toEqual([]);
    expect(process.stdin.eventNames()).toEqual(['error']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each([
    ['as it is', { columns: 120, rows: 40 }, { columns: 120, rows: 40 }],
    [
      'usual where the terminal does not know it',
      { columns: 0, rows: 0 },
      { columns: 80, rows: 24 },
    ],
  ])('has its size %s', (_, size, expected) => {
    expect(open(size).session.size).toEqual(expected);
  });
});

describe('drawing', () => {
  test('shows the last of several frames', () => {
    const { process, session } = open();
    const never = vi.fn(() => 'never');
    process.takeLog();
    session.draw(never);
    session.draw(() => 'a\nb');
    vi.advanceTimersByTime(0);
    expect(process.takeLog()).toEqual([shown(['a', 'b'])]);
    expect(never).not.toHaveBeenCalled();
  });

  test('shows at most one frame in 33 ms, and none too few', () => {
    const { process, session } = open();
    process.takeLog();
    for (let time = 0; time < 100; time += 1) {
      session.draw(() => `${time}`);
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(33);
    const frames = process.takeLog();
    expect(frames.length).toBeGreaterThanOrEqual(4);
    expect(frames.length).toBeLessThanOrEqual(5);
    expect(frames.at(-1)).toBe(shown(['99']));
  });

  test('begins anew on a screen whose size changed, also for the same lines', () => {
    const { process, session } = open();
    session.draw(() => 'a\nb');
    vi.advanceTimersByTime(33);
    process.takeLog();
    process.resize({ columns: 90, rows: 24 });
    vi.advanceTimersByTime(33);
    expect(process.takeLog()).toEqual(['write ^[2J', shown(['a', 'b'])]);
  });

  test('ends with the session', () => {
    const { process, session } = open();
    session.draw(() => 'a');
    session.close();
    process.takeLog();
    session.draw(() => 'b');
    vi.advanceTimersByTime(100);
    expect(process.takeLog()).toEqual([]);
  });
});

describe('keys', () => {
  test('are told, and a size that changed, which empties the screen', () => {
    const { process, session, events } = open();
    session.draw(() => `${session.size.columns}`);
    vi.advanceTimersByTime(0);
    process.type('j\u001b[A');
    process.takeLog();
    process.resize({ columns: 60, rows: 16 });
    vi.advanceTimersByTime(33);
    expect(events).toEqual([key('j'), key('up'), { kind: 'resize' }]);
    expect(process.takeLog()).toEqual(['write ^[2J', shown(['60'])]);
  });

  test('an Escape is a key when nothing follows it soon', () => {
    const { process, events } = open();
    process.type('\u001b');
    vi.advanceTimersByTime(49);
    expect(events).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(events).toEqual([key('escape')]);
  });

  test('an Escape is none when the rest of its sequence follows', () => {
    const { process, events } = open();
    process.type('\u001b');
    vi.advanceTimersByTime(49);
    process.type('[A');
    vi.advanceTimersByTime(1000);
    expect(events).toEqual([key('up')]);
  });

  test('each Escape has its own time to become a sequence', () => {
    const { process, events } = open();
    process.type('\u001b');
    vi.advanceTimersByTime(30);
    process.type('[A\u001b');
    vi.advanceTimersByTime(30);
    process.type('[B');
    vi.advanceTimersByTime(100);
    expect(events).toEqual([key('up'), key('down')]);
  });

  test('Ctrl-C is a key, Ctrl-\\ the signal that it is on every terminal', () => {
    const { process, events } = open();
    process.takeLog();
    process.type('\u0003\u001c');
    expect(events).toEqual([key('ctrl-c')]);
    expect(process.takeLog()).toEqual(['kill 4711 SIGQUIT']);
  });
});

describe('stopping', () => {
  const STOPS = [
    ['Ctrl-Z', (process: FakeProcess) => process.type('\u001a')],
    ['SIGTSTP', (process: FakeProcess) => process.emit('SIGTSTP')],
  ] as const;

  test.each(STOPS)('%s gives the terminal back and stops the whole group', (_, stop) => {
    const { process } = open();
    process.takeLog();
    stop(process);
    expect(process.takeLog()).toEqual([...GIVE_BACK, 'kill 0 SIGTSTP']);
    // Node.js would not stop while anybody listens.
    expect(process.listenerCount('SIGTSTP')).toBe(0);
  });

  test.each(STOPS)('after %s, going on takes the terminal again and draws the frame', (_, stop) => {
    const { process, session } = open();
    session.draw(() => 'a');
    vi.advanceTimersByTime(100);
    stop(process);
    process.takeLog();
    process.emit('SIGCONT');
    expect(process.takeLog()).toEqual([...TAKE, ASK_SIZE]);
    vi.advanceTimersByTime(100);
    expect(process.takeLog()).toEqual([shown(['a'])]);
    expect(process.listenerCount('SIGTSTP')).toBe(1);
  });

  test('a stop that the kernel refuses, as there is no shell, changes nothing', () => {
    const { process } = open();
    process.type('\u001a');
    process.takeLog();
    vi.advanceTimersByTime(50);
    expect(process.takeLog()).toEqual([...TAKE, ASK_SIZE]);
  });

  test('after a stop that nobody could catch, the terminal is taken from the shell', () => {
    const { process } = open();
    process.takeLog();
    process.emit('SIGCONT');
    expect(process.takeLog()).toEqual([...GIVE_BACK, ...TAKE, ASK_SIZE]);
  });

  test('the keys behind Ctrl-Z are for the shell', () => {
    const { process, events } = open();
    process.type('\u001aq');
    expect(events).toEqual([]);
  });

  test('a session that is closed while stopped leaves the terminal alone', () => {
    const { process, session } = open();
    process.type('\u001a');
    process.takeLog();
    session.close();
    process.emit('SIGCONT');
    vi.advanceTimersByTime(100);
    expect(process.takeLog()).toEqual(['pause']);
  });

  test('a size that changed while stopped is told afterwards', () => {
    const { process, session, events } = open();
    process.type('\u001a');
    process.resize({ columns: 100, rows: 30 });
    expect(events).toEqual([]);
    process.emit('SIGCONT');
    expect(events).toEqual([{ kind: 'resize' }]);
    expect(session.size).toEqual({ columns: 100, rows: 30 });
  });

  test('what is drawn while stopped is shown afterwards', () => {
    const { process, session } = open();
    process.type('\u001a');
    session.draw(() => 'new');
    vi.advanceTimersByTime(10);
    process.takeLog();
    process.emit('SIGCONT');
    vi.advanceTimersByTime(10);
    expect(process.takeLog()).toContain(shown(['new']));
  });
});

test.each(['end', 'error'])('a terminal that is gone (%s) hangs up', event => {
  const { process } = open();
  process.takeLog();
  process.stdin.emit(event, new Error('read EIO'));
  expect(process.takeLog()).toEqual(['kill 4711 SIGHUP']);
});
