import { usageError } from '../usage-error.ts';

/** @throws ToolError `usage` for an operand, where a mode has none */
export function assertNoOperand([extra]: readonly string[]): void {
  if (extra === undefined) return;
  throw usageError(`unexpected argument '${extra}'`, 'torcx2sysext --help');
}
