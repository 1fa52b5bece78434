import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PipelineEvent } from '../../src/pipeline-event.ts';
import { createProgress, type ProgressState, progressLine } from '../../src/ui/progress-line.ts';

const MIB = 2 ** 20;

describe('one picture', () => {
  test.each<[ProgressState, number, string]>([
    [{ stage: 'plan', elapsedMilliseconds: 0 }, 80, 'Plan'],
    [
      { stage: 'audit', files: 12_345, elapsedMilliseconds: 400 },
      80,
      'Check files     12345 files',
    ],
    [{ stage: 'audit', files: 12_345, elapsedMilliseconds: 400 }, 12, 'Check files'],
    [
      { stage: 'read', done: 13_002_342, elapsedMilliseconds: 5000 },
      80,
      'Read archive    12.4 MiB',
    ],
    [
      { stage: 'build', done: 34 * MIB, total: 54 * MIB, elapsedMilliseconds: 6800 },
      80,
      'Write image     [#############---------]   62 %  34 MiB of 54 MiB  eta 4 s',
    ],
    [
      { stage: 'build', done: MIB, total: 100 * MIB, elapsedMilliseconds: 999 },
      80,
      'Write image     [----------------------]    1 %  1 MiB of 100 MiB',
    ],
    [
      { stage: 'build', done: MIB, total: 1000 * MIB, elapsedMilliseconds: 1000 },
      80,
      'Write image     [----------------------]    0 %  1 MiB of 1000 MiB  eta 17 min',
    ],
    [
      { stage: 'build', done: 54 * MIB, total: 54 * MIB, elapsedMilliseconds: 2000 },
      60,
      'Write image     [#######]  100 %  54 MiB of 54 MiB  eta 0 s',
    ],
    [
      { stage: 'build', done: MIB, total: 2 * MIB, elapsedMilliseconds: 0 },
      40,
      'Write image      50 %  1 MiB of 2 MiB',
    ],
    [{ stage: 'build', done: MIB, total: 2 * MIB, elapsedMilliseconds: 0 }, 10, 'Write ima'],
  ])('%j in %i columns', (state, columns, expected) => {
    expect(progressLine(state, columns)).toBe(expected);
  });

  test('never fills the line, which would wrap', () => {
    fc.assert(
      fc.property(
        fc.record({
          stage: fc.constantFrom('read', 'inspect', 'plan', 'build', 'check'),
          done: fc.nat(),
          total: fc.nat(),
          elapsedMilliseconds: fc.nat(),
        }),
        fc.integer({ min: 1, max: 300 }),
        (state, columns) => {
          expect(progressLine(state, columns).length).toBeLessThan(columns);
        },
      ),
    );
  });
});

/** Sends `[time, event]` pairs; gives what was written, with the time before each. */
function play(mode: 'bar' | 'plain' | 'json' | 'none', events: readonly [number, PipelineEvent][]) {
  let time = 1000;
  const written: [number, string][] = [];
  const progress = createProgress({
    mode,
    columns: 80,
    now: () => time,
    write: text => written.push([time - 1000, text]),
  });
  for (const [at, event] of events) {
    time = 1000 + at;
    progress.event(event);
  }
  progress.end();
  return written;
}

const stage = (name: 'read' | 'inspect' | 'plan' | 'build' | 'check'): PipelineEvent => ({
  kind: 'stage',
  stage: name,
});
const bytes = (done: number, total?: number): PipelineEvent => ({
  kind: 'bytes',
  done,
  ...(total !== undefined && { total }),
});

describe('a run of less than 300 ms', () => {
  test.each(['bar', 'plain', 'json', 'none'] as const)('shows nothing as %s', mode => {
    expect(
      play(mode, [
        [0, stage('read')],
        [200, stage('plan')],
        [299, bytes(1, 2)],
      ]),
    ).toEqual([]);
  });
});

describe('a bar', () => {
  test('is redrawn in place, ten times per second at most, and goes at the end', () => {
    const events = Array.from({ length: 1000 }, (_, at): [number, PipelineEvent] => [
      at,
      at === 0 ? stage('build') : bytes(at, 1000),
    ]);
    const written = play('bar', events);
    expect(written.map(([at]) => at)).toEqual([300, 400, 500, 600, 700, 800, 900, 999]);
    expect(
      written
        .slice(0, -1)
        .every(([, text]) => text.startsWith('\rWrite image') && text.endsWith('\u001b[K')),
    ).toBe(true);
    expect(written.at(-1)?.[1]).toBe('\r\u001b[K');
  });

  test('counts the time of its stage alone', () => {
    const written = play('bar', [
      [0, stage('read')],
      [60_000, stage('build')],
      [62_000, bytes(MIB, 2 * MIB)],
    ]);
    expect(written[1]?.[1]).toContain('eta 2 s');
  });

  test('ends once', () => {
    const written: string[] = [];
    let time = 0;
    const progress = createProgress({
      mode: 'bar',
      columns: 80,
      now: () => time,
      write: text => written.push(text),
    });
    time = 500;
    progress.event(stage('read'));
    progress.end();
    progress.end();
    expect(written).toHaveLength(2);
  });
});

test('plain has one line for each stage, the quick ones too', () => {
  expect(
    play('plain', [
      [0, stage('read')],
      [10, stage('inspect')],
      [400, bytes(1)],
      [500, stage('build')],
      [600, bytes(5, 10)],
    ]),
  ).toEqual([
    [400, 'Read archive\nCheck binaries\n'],
    [500, 'Write image\n'],
  ]);
});

test('json has one document for each line', () => {
  const written = play('json', [
    [0, stage('read')],
    [310, bytes(1)],
    [350, bytes(2)],
    [420, bytes(3)],
    [430, stage('build')],
    [431, bytes(4, 8)],
  ]);
  const lines = written.map(([, text]) => text).join('');
  const documents = lines
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(documents).toEqual([
    { kind: 'stage', stage: 'read' },
    { kind: 'bytes', done: 1, stage: 'read' },
    { kind: 'bytes', done: 3, stage: 'read' },
    { kind: 'stage', stage: 'build' },
    { kind: 'bytes', done: 4, total: 8, stage: 'build' },
  ]);
});
