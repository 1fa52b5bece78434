import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ToolError } from '../src/errors.ts';
import { assertExtensionName, torcxIdentity } from '../src/extension-name.ts';
import { MAX_EXTENSION_NAME_LENGTH } from '../src/extension-release-path.ts';

test.each([
  ['docker:20.10.torcx.tgz', 'docker', '20.10'],
  ['/var/lib/torcx/store/docker:com.coreos.cl.torcx.squashfs', 'docker', 'com.coreos.cl'],
  ['a:b:c.torcx.tgz', 'a:b', 'c'],
  ['docker.torcx.tgz', 'docker', 'com.coreos.cl'],
  ['docker:.torcx.tgz', 'docker', 'com.coreos.cl'],
  ['docker%3A20.10.torcx.tgz', 'docker', '20.10'],
  ['x.tar.gz', 'x', 'com.coreos.cl'],
  ['x.tgz', 'x', 'com.coreos.cl'],
  ['x.tar', 'x', 'com.coreos.cl'],
  ['x.squashfs', 'x', 'com.coreos.cl'],
  ['x.raw', 'x', 'com.coreos.cl'],
  ['x-1.2', 'x-1.2', 'com.coreos.cl'],
  ['dir.tgz/x', 'x', 'com.coreos.cl'],
])('%s is %s, %s', (path, name, reference) => {
  expect(torcxIdentity(path)).toEqual({ name, reference });
});

describe('names', () => {
  const longest = 'n'.repeat(MAX_EXTENSION_NAME_LENGTH);
  test.each(['docker', 'a', 'A.b_c-1', 'docker-20.10', '-', longest])('%s is good', name => {
    expect(() => assertExtensionName(name)).not.toThrow();
  });

  test.each([
    ['a/b', "letters, digits, '.', '_', '-' only", 'a-b'],
    ['../x', "letters, digits, '.', '_', '-' only", 'x'],
    ['my image (1)', "letters, digits, '.', '_', '-' only", 'my-image-1'],
    ['größe', "letters, digits, '.', '_', '-' only", 'gr-e'],
    ['', "letters, digits, '.', '_', '-' only", undefined],
    ['a\n', "letters, digits, '.', '_', '-' only", 'a'],
    ['.raw', "must not start with '.'", 'raw'],
    ['..', "must not start with '.'", undefined],
    ['x.raw', "systemd takes '.raw' off a name", 'x'],
    ['x.sysext.raw', "systemd takes '.raw' off a name", 'x'],
    ['x.confext', "systemd takes '.confext' off a name", 'x'],
    [`${longest}n`, `longer than ${MAX_EXTENSION_NAME_LENGTH} characters`, longest],
  ])('%j is not', (name, reason, suggestion) => {
    expect(() => assertExtensionName(name)).toThrow(
      expect.objectContaining({
        code: 'usage',
        facts: {
          what: `invalid name '${name}': ${reason}`,
          ...(suggestion !== undefined && { suggestion }),
        },
      }),
    );
  });

  test('what is suggested is good', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('.', 'raw', '-', 'a', '/') })),
        name => {
          const suggestion = suggestionFor(name);
          if (suggestion !== undefined) expect(() => assertExtensionName(suggestion)).not.toThrow();
        },
      ),
    );
  });

  function suggestionFor(name: string): string | undefined {
    try {
      assertExtensionName(name);
    } catch (error) {
      if (error instanceof ToolError) return error.facts.suggestion;
      throw error;
    }
    return undefined;
  }
});
