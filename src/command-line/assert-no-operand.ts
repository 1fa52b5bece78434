import { usageError } from '../usage-error.ts';

/** @throws ToolError `usage` for an operand that is one too many */
export function assertNoOperand(
  [extra]: readonly string[],
  suggestion = 'torcx2sysext --help',
): void {
  if (extra !== undefined) throw usageError(`unexpected argument '${extra}'`, suggestion);
}
