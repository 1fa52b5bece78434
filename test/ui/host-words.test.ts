import { expect, test } from 'vitest';
import { hostWords } from '../../src/ui/host-words.ts';

test.each<[fields: Record<string, string>, words: string]>([
  [
    { ID: 'flatcar', SYSEXT_LEVEL: '1.0', ARCHITECTURE: 'x86-64' },
    'ID=flatcar, SYSEXT_LEVEL=1.0, x86-64',
  ],
  [{ ID: 'fedora', VERSION_ID: '41' }, 'ID=fedora, VERSION_ID=41, any architecture'],
  [{ ID: '_any', ARCHITECTURE: 'arm64' }, 'any distribution, arm64'],
])('%j is for %s', (fields, words) => {
  const extensionRelease = { path: 'usr/lib/extension-release.d/extension-release.x', fields };
  expect(hostWords({ output: { extensionRelease } })).toBe(words);
});
