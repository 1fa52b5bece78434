import { expect, it } from 'vitest';
import { parseShebang, type Shebang, scriptProgram } from '../../src/analyze/shebang.ts';

it.each<[string, Shebang | undefined, string?]>([
  ['#!/bin/sh\necho\n', { interpreter: '/bin/sh', argument: null }, '/bin/sh'],
  ['#!/bin/sh', { interpreter: '/bin/sh', argument: null }, '/bin/sh'],
  ['#! \t/bin/bash  -e -u \n', { interpreter: '/bin/bash', argument: '-e -u' }, '/bin/bash'],
  ['#!/usr/bin/env python3\n', { interpreter: '/usr/bin/env', argument: 'python3' }, 'python3'],
  [
    '#!/usr/bin/env -S A=1 python3 -u\n',
    { interpreter: '/usr/bin/env', argument: '-S A=1 python3 -u' },
    'python3',
  ],
  ['#!/usr/bin/env\n', { interpreter: '/usr/bin/env', argument: null }, '/usr/bin/env'],
  ['#!/bin/sh\0x', { interpreter: '/bin/sh', argument: null }, '/bin/sh'],
  ['#!\n/bin/sh', undefined],
  ['#!', undefined],
  ['#', undefined],
  ['', undefined],
  [' #!/bin/sh\n', undefined],
  ['\x7fELF', undefined],
])('%j', (text, line, program) => {
  const parsed = parseShebang(Buffer.from(text));
  expect(parsed).toEqual(line);
  expect(parsed && scriptProgram(parsed)).toBe(program);
});
