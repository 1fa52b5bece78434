import { expect, test } from 'vitest';
import { type Finding, type FixEdit, finding } from '../../src/finding.ts';
import { shareEdits } from '../../src/ui/share-edits.ts';

const edit = (startLine: number, endLine = startLine): FixEdit => ({
  startLine,
  endLine,
  text: '',
});

function found(line: number, edits?: readonly FixEdit[], endLine = line): Finding {
  const fix = { safety: 'safe' as const, description: 'd', ...(edits && { edits }) };
  return finding('TX201', { path: '/etc/a', message: 'm', line, endLine, fix });
}

/** `group: lines of the edits` of each finding. */
function shared(findings: readonly Finding[]): string[] {
  return shareEdits(findings).map(
    ({ fix }) => `${fix?.group ?? '-'}: ${(fix?.edits ?? []).map(({ startLine }) => startLine)}`,
  );
}

test('each finding has the edits of its own lines, and the number of those that belong with it', () => {
  const edits = [edit(2), edit(4, 6), edit(9)];
  expect(shared([found(2, edits), found(5, edits), found(6, edits, 9)])).toEqual([
    ...['1: 2', '1: 4', '1: 4,9'],
  ]);
});

test('what no finding is about goes with the first one', () => {
  const edits = [edit(1), edit(3), edit(5)];
  expect(shared([found(3, edits), found(5, edits)])).toEqual(['1: 1,3', '1: 5']);
});

test('a fix that is alone has no number, and groups have their own', () => {
  const [one, two] = [
    [edit(1), edit(2)],
    [edit(7), edit(8)],
  ];
  expect(
    shared([
      found(1, one),
      found(3, [edit(3)]),
      found(7, two),
      found(2, one),
      found(8, two),
      found(9),
    ]),
  ).toEqual(['1: 1', '-: 3', '2: 7', '1: 2', '2: 8', '-: ']);
});

test('the edits of all findings are all edits', () => {
  const edits = Array.from({ length: 500 }, (_, index) => edit(index * 2 + 1));
  const findings = Array.from({ length: 300 }, (_, index) => found(index * 3 + 1, edits));
  const told = shareEdits(findings).flatMap(({ fix }) => fix?.edits ?? []);
  expect(new Set(told)).toEqual(new Set(edits));
  expect(told.length).toBeLessThan(1000);
});

test('a long text is told once', () => {
  const edits = [{ ...edit(1), text: 'x'.repeat(3000) }];
  expect(shared([found(1, edits), found(1, edits), found(1, edits)])).toEqual([
    ...['1: 1', '1: ', '1: '],
  ]);
});
