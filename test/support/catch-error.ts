import { ToolError } from '../../src/errors.ts';

/** The code and facts of the ToolError that `action` ends with; anything else fails the test as it is. */
export async function toolErrorOf(
  action: () => Promise<unknown> | unknown,
): Promise<{ readonly code: string; readonly facts: unknown }> {
  try {
    await action();
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    return { code: error.code, facts: error.facts };
  }
  throw new Error('expected a ToolError, but nothing was thrown');
}
