import { expect, test } from 'vitest';
import type { Step } from '../../src/convert/step.ts';
import { type PlanRequest, planOf } from '../support/plan-of.ts';

type Table = PlanRequest['tree'];

/** What becomes of each entry of an image without manifest: `copy KIND`, with the target of a link, or `rewrite`. */
async function fates(tree: Table): Promise<Record<string, string>> {
  const { steps } = await planOf({ tree });
  return Object.fromEntries(
    steps.flatMap(step => (step.do === 'create' ? [] : [[step.entry.path, fateOf(step)] as const])),
  );
}

function fateOf(step: Step): string {
  if (step.do !== 'copy') return step.do;
  const { kind } = step.entry;
  return `copy ${kind}${step.target === undefined ? '' : ` to ${step.target}`}`;
}

test.each<[what: string, tree: Table, expected: Readonly<Record<string, string>>]>([
  [
    'two names of a program stay two names, each at its new place',
    { 'bin/a': 'x\0', 'sbin/b': { hard: 'bin/a' } },
    { 'bin/a': 'copy file', 'sbin/b': 'copy hardlink to usr/bin/a' },
  ],
  [
    'of a text each name has its own: only one may be rewritten one day',
    {
      'lib/systemd/system/a.service': '[Service]\nExecStart=/usr/bin/true\n',
      'share/b.service': { hard: 'lib/systemd/system/a.service' },
    },
    { 'lib/systemd/system/a.service': 'copy file', 'share/b.service': 'copy file' },
  ],
  [
    'a text that is rewritten under one name is rewritten under the other',
    {
      'bin/a': '#!/bin/sh\nexec /run/torcx/bin/b\n',
      'share/a': { hard: 'bin/a' },
    },
    { 'bin/a': 'rewrite', 'share/a': 'rewrite' },
  ],
  [
    'a name of what is left out is a file of its own',
    { '.torcx/a': 'x\0', 'bin/a': { hard: '.torcx/a' } },
    { '.torcx/a': 'drop', 'bin/a': 'copy file' },
  ],
  [
    'two empty directories that are one now are made once',
    { 'bin/d': null, 'sbin/d': null, 'usr/sbin/e': null },
    { 'bin/d': 'copy directory', 'usr/sbin/e': 'copy directory' },
  ],
])('%s', async (_, tree, expected) => {
  expect(await fates(tree)).toEqual(expected);
});
