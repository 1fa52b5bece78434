import { ToolError } from '../../src/errors.ts';

/** @throws an Error that says what must hold */
export function check(holds: boolean, what: () => string): asserts holds {
  if (!holds) throw new Error(what());
}

/** What `work` gives; undefined for a refusal that a user would see. Whatever else is thrown is a defect. */
export async function unlessRefused<T>(work: () => Promise<T> | T): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ToolError) return undefined;
    throw error;
  }
}
