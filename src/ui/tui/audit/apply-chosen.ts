import { countText } from '../../count-text.ts';
import { type Step, step } from '../step.ts';
import type { AuditFix } from './audit-services.ts';
import type { AuditState } from './audit-state.ts';

/** Shows what all chosen fixes change. */
export function planChosen(state: AuditState): Step<AuditState> {
  if (state.work) return step(state);
  if (chosenFixes(state).length === 0) return nothingChosen(state);
  return step({ ...state, work: 'plan' }, { do: 'planFixes', chosen: state.chosen });
}

/** The files change only after a question. */
export function askToApply(state: AuditState): Step<AuditState> {
  const fixes = chosenFixes(state);
  if (state.work) return step(state);
  if (fixes.length === 0) return nothingChosen(state);
  const files = new Set(fixes.map(({ path }) => path)).size;
  const unsafe = fixes.filter(({ safety }) => safety === 'unsafe').length;
  const { backupDirectory } = state.model?.options ?? {};
  const question = [
    `Make ${countText(fixes.length, 'fix', 'fixes')} in ${countText(files, 'file')}?`,
    ...(unsafe === 0 ? [] : [`${unsafe} of them may change more than Torcx.`]),
    backupDirectory === undefined
      ? 'No copies are kept (--backup-dir keeps them).'
      : `Copies go to ${backupDirectory} first.`,
  ];
  const yes = { do: 'applyFixes', chosen: state.chosen } as const;
  return step(state, { do: 'confirm', question: question.join(' '), yes });
}

/** Those that will be made, in the order of the findings. */
export function chosenFixes({ model, chosen }: AuditState): readonly AuditFix[] {
  return model?.fixes.filter(({ key }) => chosen.has(key)) ?? [];
}

function nothingChosen(state: AuditState): Step<AuditState> {
  return step(state, { do: 'say', text: 'no fix is chosen: Space chooses one, a all safe ones' });
}
