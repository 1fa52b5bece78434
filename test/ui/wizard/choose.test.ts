import { expect, test } from 'vitest';
import { type Answers, NO_ANSWERS } from '../../../src/command-line/answers.ts';
import { dropEntry, keepEntry } from '../../../src/ui/wizard/choose-entry.ts';
import { doNotStartUnit, startUnit } from '../../../src/ui/wizard/choose-unit.ts';

type Lists = Partial<Pick<Answers, 'drop' | 'keep' | 'enable' | 'noEnable'>>;
type Change = (answers: Answers, value: string) => Answers;

function check(change: Change, before: Lists, value: string, after: Lists): void {
  const answers = { ...NO_ANSWERS, ...before };
  expect(change(answers, value)).toEqual({ ...NO_ANSWERS, ...after });
}

test.each<[Lists, string, Lists]>([
  [{}, 'bin/x', { drop: ['bin/x'] }],
  [{ drop: ['bin/x'] }, 'bin/x', { drop: ['bin/x'] }],
  [{ drop: ['bin/x', 'lib'], keep: ['bin/y/z'] }, 'bin', { drop: ['lib', 'bin'] }],
  [{ drop: ['bin'], keep: ['bin/x'] }, 'bin/x', { drop: ['bin'] }],
  [{ keep: ['.torcx/manifest.json'] }, '.torcx/manifest.json', {}],
  [{ drop: ['bin'] }, 'bin/x', { drop: ['bin'] }],
  [{ drop: ['bin/ctrl'] }, 'bin/ctr', { drop: ['bin/ctrl', 'bin/ctr'] }],
])('%j without %s', (before, path, after) => check(dropEntry, before, path, after));

test.each<[Lists, string, Lists]>([
  [{ drop: ['bin/x'] }, 'bin/x', {}],
  [{ drop: ['bin'] }, 'bin/x', { drop: ['bin'], keep: ['bin/x'] }],
  [{ drop: ['bin', 'bin/x'] }, 'bin/x', { drop: ['bin'], keep: ['bin/x'] }],
  [{ drop: ['bin/x', 'bin/y', 'lib'] }, 'bin', { drop: ['lib'], keep: ['bin'] }],
  [{ drop: ['bin/ctr', 'bin/ctrl'] }, 'bin/ctr', { drop: ['bin/ctrl'] }],
  [{}, '.torcx/manifest.json', { keep: ['.torcx/manifest.json'] }],
])('%j with %s', (before, path, after) => check(keepEntry, before, path, after));

test.each<[Change, Lists, Lists]>([
  [startUnit, {}, { enable: ['a'] }],
  [startUnit, { enable: ['a'] }, { enable: ['a'] }],
  [startUnit, { noEnable: ['b', 'a'] }, { noEnable: ['b'] }],
  [doNotStartUnit, {}, { noEnable: ['a'] }],
  [doNotStartUnit, { enable: ['a', 'b'] }, { enable: ['b'] }],
  [doNotStartUnit, { noEnable: ['a'] }, { noEnable: ['a'] }],
])('%o %j', (change, before, after) => check(change, before, 'a', after));
