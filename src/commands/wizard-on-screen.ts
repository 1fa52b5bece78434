import type { Environment } from '../command-line/settings.ts';
import type { WizardOptions } from '../command-line/wizard-options.ts';
import type { TerminalSession } from '../ui/terminal/terminal-session.ts';
import type { CommandIo } from './command-io.ts';
import { lateWizard } from './late-wizard.ts';
import { sameAgain } from './same-again.ts';
import type { wizardWork } from './wizard-work.ts';

export interface WizardPlace {
  readonly io: CommandIo;
  readonly env: Environment;
  /** Is closed. */
  readonly session: TerminalSession;
}

/**
 * Asks for what a conversion needs on screens, and converts.
 * @returns the exit code
 */
export async function wizardOnScreen(
  { answers: given, display }: WizardOptions,
  { io, env, session }: WizardPlace,
): Promise<number> {
  let work: ReturnType<typeof wizardWork> | undefined;
  const load = async () => {
    const { wizardWork } = await import('./wizard-work.ts');
    work = wizardWork(io, { env, display });
    return work;
  };
  let choices = given;
  io.setLastWords?.(() => sameAgain(choices, env));
  try {
    const { runTui } = await import('../ui/tui/run-tui.tsx');
    const { exitCode, lines } = await runTui({
      start: { mode: 'wizard', services: lateWizard(load, () => io.now()), choices, env },
      session,
      onChoices: changed => {
        choices = changed;
      },
    });
    session.close();
    const said = lines.length > 0 ? lines : ['Nothing was written.'];
    await io.stdout(`${said.join('\n')}\n${sameAgain(choices, env)}`);
    return exitCode;
  } finally {
    session.close();
    await work?.close();
  }
}
