import { NO_ANSWERS } from '../command-line/answers.ts';
import type { InspectOptions } from '../command-line/inspect-options.ts';
import type { TerminalSession } from '../ui/terminal/terminal-session.ts';
import type { ArchiveSession } from './archive-session.ts';
import type { CommandIo } from './command-io.ts';
import { lateAnalyser } from './late-analyser.ts';

/**
 * The analyser: what `--inspect` says, to walk through.
 * @param session is closed
 * @returns the exit code
 * @throws ToolError for an archive that cannot be read to its end
 */
export async function inspectOnScreen(
  options: InspectOptions,
  io: CommandIo,
  session: TerminalSession,
): Promise<number> {
  let archive: ArchiveSession | undefined;
  const load = async () => {
    const { ArchiveSession } = await import('./archive-session.ts');
    archive = new ArchiveSession(io, ({ enable, noEnable, drop, keep }) => {
      return { ...options, enable, noEnable, drop, keep };
    });
    return archive;
  };
  const services = lateAnalyser(load, () => io.now());
  try {
    const { runTui } = await import('../ui/tui/run-tui.tsx');
    const choices = options.browse ?? NO_ANSWERS;
    const { exitCode, lines } = await runTui({
      start: { mode: 'inspect', services, choices },
      session,
    });
    session.close();
    for (const line of lines) io.stderr(`${line}\n`);
    return exitCode;
  } finally {
    session.close();
    await archive?.close();
  }
}
