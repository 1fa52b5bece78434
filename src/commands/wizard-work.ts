import type { Answers } from '../command-line/answers.ts';
import type { ConvertOptions } from '../command-line/convert-options.ts';
import { checkAnswers } from '../command-line/parse-answers.ts';
import { ToolError } from '../errors.ts';
import { withoutPublishing } from '../ui/wizard/judge-answer.ts';
import type { WizardWatcher } from '../ui/wizard/wizard-services.ts';
import { usageError } from '../usage-error.ts';
import { ArchiveHolder } from './archive-holder.ts';
import { ArchiveSession } from './archive-session.ts';
import type { CommandIo } from './command-io.ts';
import { ConversionServices, type WizardScope } from './conversion-services.ts';
import type { WizardWork } from './late-wizard.ts';

/** What analyses and what converts, on one archive that is read once. */
export function wizardWork(
  io: CommandIo,
  scope: WizardScope,
): WizardWork & { close(): Promise<void> } {
  const archive = new ArchiveHolder(io);
  const session = new ArchiveSession(io, answers => plannable(answers, scope), archive);
  const conversion = new ConversionServices(io, scope, archive);
  return {
    inspect: (choices, onEvent) => session.inspect(choices, onEvent),
    plan: choices => session.plan(choices),
    preview: path => session.preview(path),
    rulePage: rule => session.rulePage(rule),
    savePlan: (path, options) => session.savePlan(path, options),
    listDirectory: path => conversion.listDirectory(path),
    listStores: () => conversion.listStores(),
    async review(answers: Answers, watcher: WizardWatcher) {
      const path = answers.archive;
      // Its files were shown; another one is to be opened, not slipped in.
      if (await archive.hasChanged(path)) throw new ToolError('input-changed', { path });
      return conversion.review(answers, watcher);
    },
    convert: (answers, watcher) => conversion.convert(answers, watcher),
    now: () => io.now(),
    close: () => session.close(),
  };
}

/** What is in an extension can be seen before it is settled how it is offered to nodes. */
function plannable(answers: Answers, scope: WizardScope): ConvertOptions {
  const check = checkAnswers(withoutPublishing(answers), scope);
  if (!check.ok) throw usageError(check.what, check.hint);
  return check.options;
}
