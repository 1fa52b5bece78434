import { userInfo } from 'node:os';
import { ToolError } from '../errors.ts';
import { type ProgramRequest, type ProgramResult, runProgram } from './run-program.ts';

/**
 * Runs a program for which the files of whoever runs this belong to root: in a user namespace of its own, unless it is
 * root that runs it (user_namespaces(7)).
 * @throws ToolError `tool-missing` where the system does not allow that
 */
export async function runAsRoot(request: ProgramRequest): Promise<ProgramResult | 'missing'> {
  if (userInfo().uid === 0) return runProgram(request);
  const result = await runProgram({
    ...request,
    program: 'unshare',
    args: ['--map-root-user', '--', request.program, ...request.args],
  });
  if (result === 'missing') throw notAllowed('there is no unshare (package util-linux)');
  if (result.status !== 0 && result.stderr.startsWith('unshare: ')) {
    throw notAllowed(result.stderr.split('\n', 1)[0] ?? '');
  }
  return result;
}

function notAllowed(reason: string): ToolError {
  return new ToolError('tool-missing', {
    what: `a user namespace, in which files belong to root (${reason}),`,
    suggestion: 'sudo, or --image-format squashfs',
  });
}
