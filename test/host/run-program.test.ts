import { expect, test } from 'vitest';
import { runProgram } from '../../src/host/run-program.ts';

test('a program that is stopped ends without an exit code', async () => {
  const stop = new AbortController();
  const run = runProgram({ program: 'sleep', args: ['60'], signal: stop.signal });
  stop.abort();
  expect(await run).toMatchObject({ status: undefined });
});
