import { expect, it } from 'vitest';
import { assertNoClimbingLinks } from '../../src/convert/climbing-links.ts';
import { toolErrorOf } from '../support/catch-error.ts';
import { planOf } from '../support/plan-of.ts';

it.each([
  ['bin/a', 'b'],
  ['bin/a', '..'],
  ['bin/a', './x/../../y'],
  ['bin/a', '/run/torcx/../..//x'],
])('a link at %s to %s stays', async (path, link) => {
  const { steps } = await planOf({ tree: { [path]: { link } } });
  expect(() => assertNoClimbingLinks(steps)).not.toThrow();
});

it.each([
  ['a', '..'],
  ['bin/a', '../../etc'],
  ['bin/a', '../../usr/../bin/x'],
  ['bin/a', 'x/../../..'],
])('a link at %s to %s leaves the image, unless it is left out', async (path, link) => {
  const tree = { [path]: { link }, 'bin/other': '' };
  const { steps } = await planOf({ tree });
  expect(await toolErrorOf(() => assertNoClimbingLinks(steps))).toEqual({
    code: 'unsafe-entry',
    facts: {
      entry: path,
      reason: `is a symbolic link that leaves the image: '${link}'`,
      suggestion: `--drop ${path}`,
    },
  });
  const without = await planOf({ tree, options: { drop: [path] } });
  expect(() => assertNoClimbingLinks(without.steps)).not.toThrow();
});
