import { expect, it } from 'vitest';
import { parseManifest } from '../../src/analyze/manifest.ts';
import { toolErrorOf } from '../support/catch-error.ts';

const EMPTY = { bin: [], network: [], units: [], sysusers: [], tmpfiles: [], udev_rules: [] };

it.each<[string, string, object]>([
  ['no assets at all', '{"kind":"image-manifest-v0"}', {}],
  ['an empty value', '{"kind":"image-manifest-v0","value":{}}', {}],
  [
    'absolute paths, taken from the root of the image',
    '{"kind":"image-manifest-v0","value":{"bin":["/bin/docker","./bin/runc"]}}',
    { bin: ['bin/docker', 'bin/runc'] },
  ],
  [
    'null for a list and keys that nobody knows, as Go took them',
    '{"kind":"image-manifest-v0","value":{"bin":null,"other":[1]},"x":{}}',
    {},
  ],
  [
    'a repeated key by its last value',
    '{"kind":"image-manifest-v0","value":{"bin":["a"],"bin":["b"]}}',
    { bin: ['b'] },
  ],
])('reads %s', (_name, text, assets) => {
  expect(parseManifest(text).assets).toEqual({ ...EMPTY, ...assets });
});

it.each<[string, object]>([
  [
    '{"kind": "image-manifest-v0",\n "value": {\n  "bin": ["a" "b"]}}',
    { line: 3, column: 15, reason: "expected ',' or ']'" },
  ],
  ['{"kind":"image-manifest-v0"', { line: 1, column: 28, reason: "expected '}'" }],
  ['', { line: 1, column: 1, reason: 'expected a value' }],
  [
    '{"kind":"profile-manifest-v0"}',
    { line: 1, column: 9, reason: 'kind is "profile-manifest-v0", expected "image-manifest-v0"' },
  ],
  ['{}', { reason: 'kind is missing, expected "image-manifest-v0"' }],
  ['[]', { reason: 'kind is missing, expected "image-manifest-v0"' }],
  [
    '{"kind":"image-manifest-v0","value":[]}',
    { line: 1, column: 37, reason: '"value" must be an object' },
  ],
  [
    '{"kind":"image-manifest-v0","value":{"bin":"a"}}',
    { line: 1, column: 44, reason: '"bin" must be a list of paths' },
  ],
  [
    '{"kind":"image-manifest-v0","value":{"bin":[1]}}',
    { line: 1, column: 45, reason: '"bin" must list paths within the image' },
  ],
  [
    '{"kind":"image-manifest-v0","value":{"bin":["../x"]}}',
    { line: 1, column: 45, reason: '"bin" must list paths within the image' },
  ],
  [
    '{"kind":"image-manifest-v0",} // x',
    { line: 1, column: 29, reason: 'expected a key in double quotes' },
  ],
  ['['.repeat(100), { line: 1, column: 65, reason: 'nested deeper than 64 levels' }],
])('refuses %s', async (text, facts) => {
  expect(await toolErrorOf(() => parseManifest(text))).toEqual({ code: 'manifest-broken', facts });
});
