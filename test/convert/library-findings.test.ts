import { expect, it } from 'vitest';
import type { ElfFacts } from '../../src/analyze/elf.ts';
import { libraryFindings } from '../../src/convert/library-findings.ts';

const STATIC: ElfFacts = {
  architecture: 'x86-64',
  bits: 64,
  endianness: 'little',
  type: 'executable',
  interpreter: null,
  needed: [],
  soname: null,
  rpath: [],
  runpath: [],
  buildId: null,
  dynamic: false,
};

interface Case {
  readonly elf: Partial<ElfFacts>;
  readonly from?: string;
  readonly to?: string;
  readonly before?: readonly string[];
  readonly after?: readonly string[];
  readonly rules: readonly string[];
}

function check({
  elf,
  from = 'bin/x',
  to = 'usr/bin/x',
  before = [],
  after = [],
  rules,
}: Case): void {
  const findings = libraryFindings([{ from, to, elf: { ...STATIC, ...elf } }], {
    hasBefore: path => before.includes(path),
    hasAfter: path => after.includes(path),
  });
  expect(findings.map(({ ruleId, message }) => `${ruleId} ${message}`)).toEqual(
    rules.map(rule => expect.stringContaining(rule)),
  );
}

const DYNAMIC = { dynamic: true, interpreter: '/lib64/ld-linux-x86-64.so.2' } as const;

it.each<[string, Case]>([
  ['says nothing of a static program', { elf: {}, rules: [] }],
  [
    'reports the libraries that the host has to bring',
    {
      elf: { ...DYNAMIC, needed: ['libc.so.6', 'libdevmapper.so.1.02.1'] },
      rules: ["TX601 is linked dynamically against the host's libc.so.6, libdevmapper.so.1.02.1;"],
    },
  ],
  [
    'reports a library that nobody is known to have',
    {
      elf: { ...DYNAMIC, needed: ['libc.so.6', 'libzfs.so.4'] },
      rules: ['TX601', 'TX602 needs libzfs.so.4'],
    },
  ],
  [
    'finds a library of the image by RUNPATH, and in the default directories',
    {
      elf: {
        ...DYNAMIC,
        needed: ['libltdl.so.7', 'libzfs.so.4'],
        runpath: ['$ORIGIN/../lib/private'],
      },
      after: ['usr/lib/private/libltdl.so.7', 'usr/lib64/libzfs.so.4'],
      rules: ['TX601'],
    },
  ],
  [
    'reports a search path into the directories of Torcx',
    {
      elf: { rpath: ['/run/torcx/unpack/zfs/lib'] },
      rules: ['TX603 looks for libraries in /run/torcx'],
    },
  ],
  [
    'reports a relative search path that the move broke',
    {
      elf: { ...DYNAMIC, needed: ['libx.so.1'], runpath: ['${ORIGIN}/../lib'] },
      from: 'sbin/x',
      to: 'usr/lib/ext/sbin/x',
      before: ['lib/libx.so.1'],
      after: ['usr/lib/libx.so.1'],
      rules: [
        'TX603 found libx.so.1 by its search path ${ORIGIN}/../lib; from /usr/lib/ext/sbin/x',
        'TX601',
      ],
    },
  ],
  [
    'is content with a relative search path that still leads there',
    {
      elf: { ...DYNAMIC, needed: ['libx.so.1'], rpath: ['$ORIGIN/../lib'] },
      before: ['lib/libx.so.1'],
      after: ['usr/lib/libx.so.1'],
      rules: ['TX601'],
    },
  ],
])('%s', (_name, testCase) => check(testCase));
