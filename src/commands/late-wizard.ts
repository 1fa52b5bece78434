import type { AnalyserServices } from '../ui/tui/analyser-services.ts';
import type { ConversionWork } from '../ui/tui/wizard-effects.ts';
import { lateAnalyser, loadOnce } from './late-analyser.ts';

/** What the screens of a conversion need. */
export type WizardWork = AnalyserServices & ConversionWork;

/** The same as {@link lateAnalyser} for all of the wizard. */
export function lateWizard(load: () => Promise<WizardWork>, now: () => number): WizardWork {
  const services = loadOnce(load);
  return {
    ...lateAnalyser(services, now),
    listDirectory: async path => (await services()).listDirectory(path),
    listStores: async () => (await services()).listStores(),
    review: async (answers, watcher) => (await services()).review(answers, watcher),
    convert: async (answers, watcher) => (await services()).convert(answers, watcher),
  };
}
