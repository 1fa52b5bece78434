import { expect, test } from 'vitest';
import { inspectEntries } from '../../src/analyze/inspect.ts';
import { planConversion } from '../../src/convert/plan.ts';
import type { Step } from '../../src/convert/step.ts';
import { entriesOf } from '../support/entries.ts';

type Table = Parameters<typeof entriesOf>[0];

/** What becomes of each entry of an image without manifest: `copy KIND`, with the target of a link, or `rewrite`. */
async function fates(tree: Table): Promise<Record<string, string>> {
  const inspection = await inspectEntries([...entriesOf(tree).values()]);
  const { steps } = planConversion(inspection, {
    name: 'ext',
    imageName: 'ext',
    host: { id: 'flatcar' },
    architecture: 'x86-64',
    enable: [],
    noEnable: [],
    drop: [],
    keep: [],
    reloadManager: true,
    keepSelinux: false,
  });
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
])('%s', async (_, tree, expected) => {
  expect(await fates(tree)).toEqual(expected);
});
