import { ToolError } from './errors.ts';

/** A wrong option, argument or environment value; `suggestion` is what to try. */
export function usageError(what: string, suggestion?: string): ToolError<'usage'> {
  return new ToolError('usage', { what, ...(suggestion !== undefined && { suggestion }) });
}
