import { expect, test } from 'vitest';
import { findTorcxReferences } from '../../src/analyze/torcx-reference.ts';
import {
  expandVariables,
  resolveReference,
  resolveScope,
} from '../../src/rewrite/resolve-reference.ts';
import { sampleContext } from './rewrite-sample.ts';

test.each(['/usr/lib/a b', '/usr/lib/$a', '/usr/lib/a;b', "/usr/lib/a'b"])(
  'a final path that would need quoting is left to the user: %s',
  to => {
    const scope = resolveScope({ ...sampleContext(), mapPath: () => to }, new Map());
    const found = findTorcxReferences('/run/torcx/unpack/zfs/etc/zfs.conf');
    expect(found.map(reference => resolveReference(reference, scope))).toEqual([
      { reason: `the final path ${JSON.stringify(to)} would need quoting` },
    ]);
  },
);

test('a tail that the finder may have cut off is not known whole', () => {
  const scope = resolveScope(sampleContext(), new Map());
  expect(expandVariables('/'.padEnd(199, 'x'), scope)).toBeDefined();
  expect(expandVariables('/'.padEnd(200, 'x'), scope)).toBeUndefined();
});
