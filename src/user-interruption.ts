import { ToolError } from './errors.ts';

/** The number by which a shell tells of a program that Ctrl-C ended. */
const SIGINT = 2;

/** What ends work that the user does not want any more. */
export function userInterruption(): ToolError {
  return new ToolError('interrupted', { signal: SIGINT });
}
