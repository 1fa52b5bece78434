import { expect, it } from 'vitest';
import type { ElfFacts } from '../../src/analyze/elf.ts';
import { chooseArchitecture } from '../../src/convert/architecture.ts';
import { toolErrorOf } from '../support/catch-error.ts';

function elfs(...architectures: string[]): Map<string, ElfFacts> {
  const facts = { bits: 64, endianness: 'little', type: 'executable', interpreter: null } as const;
  const rest = { needed: [], soname: null, rpath: [], runpath: [], buildId: null, dynamic: false };
  return new Map(
    architectures.map((architecture, n) => [`usr/bin/${n}`, { architecture, ...facts, ...rest }]),
  );
}

it.each<[string[], string, string | undefined, string[]]>([
  [[], 'auto', undefined, []],
  [['x86-64', 'x86-64'], 'auto', 'x86-64', []],
  [['arm64'], 'auto', 'arm64', []],
  [['x86-64', 'x86'], 'auto', 'x86-64', ['info']],
  [['x86'], 'auto', 'x86-64', ['info']],
  [['x86-64', 'machine-247'], 'auto', 'x86-64', []],
  [['x86-64', 'arm64'], 'arm64', 'arm64', ['warning']],
  [['x86-64'], 'arm64', 'arm64', ['warning']],
])('%j with --arch %s becomes %s', (found, wanted, architecture, severities) => {
  const choice = chooseArchitecture(elfs(...found), wanted);
  expect(choice.architecture).toBe(architecture);
  expect(choice.findings.map(({ severity }) => severity)).toEqual(severities);
});

it('refuses to guess between architectures', async () => {
  const error = await toolErrorOf(() => chooseArchitecture(elfs('x86-64', 'arm64'), 'auto'));
  expect(error).toEqual({
    code: 'mixed-architecture',
    facts: { architectures: ['arm64', 'x86-64'] },
  });
});
