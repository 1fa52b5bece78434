import type { CheckOptions } from '../command-line/check-options.ts';
import { safeText } from '../ui/safe-text.ts';
import { usageError } from '../usage-error.ts';
import { AuditSession } from './audit-session.ts';
import type { CommandIo } from './command-io.ts';

/**
 * What an audit found, to walk through and to mend.
 * @returns the exit code: of what is left, or 130 when it was cancelled
 * @throws ToolError `path-missing`, `nothing-to-check`; `usage` where no screen can be shown
 */
export async function checkOnScreen(options: CheckOptions, io: CommandIo): Promise<number> {
  const session = await io.openTerminal?.();
  if (!session) {
    throw usageError('--check --interactive needs a terminal with screens', '--check --diff');
  }
  const services = new AuditSession(options);
  // A signal does not wait for the screen that would tell it.
  io.setLastWords?.(() => fixedLines(services.fixed));
  try {
    const { runTui } = await import('../ui/tui/run-tui.tsx');
    const { exitCode, lines } = await runTui({ start: { mode: 'audit', services }, session });
    session.close();
    for (const line of lines) io.stderr(`${line}\n`);
    return exitCode;
  } finally {
    session.close();
  }
}

function fixedLines(paths: ReadonlySet<string>): string {
  return [...paths].map(path => `fixed ${safeText(path)}\n`).join('');
}
