import type { Environment } from '../command-line/settings.ts';
import type { WizardOptions } from '../command-line/wizard-options.ts';
import { EXIT_INTERRUPTED } from '../errors.ts';
import { runPlainWizard } from '../ui/wizard/plain/plain-wizard.ts';
import type { CommandIo } from './command-io.ts';
import { ConversionServices } from './conversion-services.ts';
import { sameAgain } from './same-again.ts';
import { StreamDialogue } from './stream-dialogue.ts';

/**
 * Asks for what a conversion needs, and converts.
 * @returns the exit code
 */
export async function wizardCommand(
  { answers: given, display }: WizardOptions,
  io: CommandIo,
  env: Environment,
): Promise<number> {
  const services = new ConversionServices(io, { env, display });
  const dialogue = new StreamDialogue(io);
  let answers = given;
  io.setLastWords?.(() => sameAgain(answers, env));
  try {
    const result = await runPlainWizard({
      dialogue,
      services,
      answers,
      onAnswers: changed => {
        answers = changed;
      },
    });
    if (!result) await dialogue.say('Nothing was written.');
    await io.stdout(sameAgain(answers, env));
    return result ? result.report.exitCode : EXIT_INTERRUPTED;
  } finally {
    await services.close();
  }
}
