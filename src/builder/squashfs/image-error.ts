import { ToolError } from '../../errors.ts';

/**
 * What went wrong in a damaged image, as an error that says where. Whatever the code below throws at bad bytes, from a
 * cursor's RangeError to a decompressor's own error, is the image's fault; a ToolError knows better already.
 * @param at offset in the image
 * @param entry how many entries were read, the bad one included
 */
export function asCorrupt(cause: unknown, at: number, entry: number): ToolError {
  if (cause instanceof ToolError) return cause;
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ToolError('archive-corrupt', { at, entry, reason }, { cause });
}
