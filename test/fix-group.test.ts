import { describe, expect, test } from 'vitest';
import { type Finding, type FindingFix, type FixEdit, finding } from '../src/finding.ts';
import { fixGroups } from '../src/fix-group.ts';

const line = (number: number): FixEdit => ({ startLine: number, endLine: number, text: '' });

interface Parts {
  readonly path?: string;
  readonly lines?: readonly number[];
  readonly safety?: FindingFix['safety'];
  readonly snippet?: string;
}

/** A finding whose fix deletes these lines. */
function found({ path = '/etc/a', lines, safety = 'safe', snippet = 's' }: Parts): Finding {
  const fix = { safety, description: 'd', ...(lines && { edits: lines.map(line) }) };
  return finding('TX201', { path, message: 'm', snippet, fix });
}

describe('the fixes of findings', () => {
  /** Each group as `safety: lines of its edits`, with the indexes of its findings. */
  const grouped = (findings: readonly Finding[]) =>
    fixGroups(findings).map(
      group =>
        `${group.safety}: ${group.edits.map(edit => edit.startLine)} of ${group.findings.map(one => findings.indexOf(one))}`,
    );

  test.each<[string, readonly Parts[], readonly string[]]>([
    [
      'are one for each finding',
      [{ lines: [1] }, { lines: [2, 3] }],
      ['safe: 1 of 0', 'safe: 2,3 of 1'],
    ],
    [
      'belong together when they share an edit',
      [{ lines: [1, 2] }, { lines: [2] }],
      ['safe: 1,2 of 0,1'],
    ],
    [
      'also by a third one that comes later',
      [{ lines: [1] }, { lines: [3] }, { lines: [3, 1] }],
      ['safe: 1,3 of 0,1,2'],
    ],
    [
      'have nothing in common across files',
      [{ lines: [1] }, { lines: [1], path: '/etc/b' }],
      ['safe: 1 of 0', 'safe: 1 of 1'],
    ],
    [
      'need as much care as their most dangerous one',
      [{ lines: [1] }, { lines: [1], safety: 'unsafe' }, { lines: [2], safety: 'manual' }],
      ['unsafe: 1 of 0,1', 'manual: 2 of 2'],
    ],
    ['are none without edits', [{}, { lines: [] }], []],
  ])('%s', (_, parts, expected) => {
    expect(grouped(parts.map(found))).toEqual(expected);
  });
});

describe('the key of a fix', () => {
  const keys = (...parts: readonly Parts[]) => fixGroups(parts.map(found)).map(({ key }) => key);

  test('stays when lines above come or go', () => {
    expect(keys({ lines: [7] })).toEqual(keys({ lines: [5] }));
  });

  test('differs for findings that look the same', () => {
    const all = keys({ lines: [1] }, { lines: [2] }, { lines: [3], path: '/etc/b' });
    expect(new Set(all).size).toBe(3);
  });
});
