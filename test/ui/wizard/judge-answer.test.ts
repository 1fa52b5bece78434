import { expect, test } from 'vitest';
import { type Answers, NO_ANSWERS } from '../../../src/command-line/answers.ts';
import { checkAnswers } from '../../../src/command-line/parse-answers.ts';
import {
  type Judgement,
  judgeAnswer,
  withoutPublishing,
} from '../../../src/ui/wizard/judge-answer.ts';

const ARCHIVE = { ...NO_ANSWERS, archive: 'a.tgz' };

test.each<[Judgement['verdict'], Partial<Answers>]>([
  ['fits', {}],
  ['fits', { butane: 'a.bu', imageUrl: 'https://x.org/' }],
  ['needs-more', { butane: 'a.bu' }],
  ['needs-more', { ignition: 'a.ign' }],
  ['needs-more', { imageUrl: 'https://x.org/' }],
  ['needs-more', { sysupdate: 'https://x.org/' }],
  ['wrong', { compression: 'zstd:99' }],
  ['wrong', { butane: 'a.bu', ignition: 'a.bu' }],
  ['wrong', { butane: 'a.bu', imageFormat: 'directory' }],
  ['wrong', { os: '_any', osVersion: '1' }],
])('%s: %j', (verdict, answers) => {
  const all = { ...ARCHIVE, ...answers };
  const judgement = judgeAnswer(all, one => checkAnswers(one, { env: {} }));
  expect(judgement.verdict).toBe(verdict);
  const isSaid = 'what' in judgement && judgement.what !== '';
  expect(isSaid).toBe(verdict !== 'fits');
});

test('what is published says nothing about what is in the extension', () => {
  const published = { imageVersion: '1', sha256sums: true, butane: 'x', imageUrl: 'y' };
  expect(withoutPublishing({ ...ARCHIVE, os: 'x', ...published })).toEqual({ ...ARCHIVE, os: 'x' });
});
