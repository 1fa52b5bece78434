import { expect, test } from 'vitest';
import { outputError } from '../../src/host/disk-error.ts';

const failure = (code: string) => Object.assign(new Error(`${code}: as Node has it`), { code });

test.each(['ENOSPC', 'EDQUOT'])('%s says that there is no space', code => {
  const error = outputError(failure(code), '/x', { oldFileKept: true });
  expect(error).toMatchObject({ code: 'no-space', facts: { path: '/x', oldFileKept: true } });
});

test.each([
  ['EROFS', 'read-only file system'],
  ['EWHATEVER', 'EWHATEVER: as Node has it'],
])('%s says why it cannot be written', (code, reason) => {
  const cause = failure(code);
  const error = outputError(cause, '/x');
  expect(error).toMatchObject({ code: 'output-unwritable', facts: { path: '/x', reason }, cause });
});
