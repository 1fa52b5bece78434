import { releaseText } from '../../audit-text.ts';
import { countText } from '../../count-text.ts';
import { screenText } from '../parts/screen-text.ts';
import type { Line } from '../parts/span.ts';
import { chosenFixes } from './apply-chosen.ts';
import type { AuditModel } from './audit-model.ts';
import type { AuditState } from './audit-state.ts';

/** What is audited, and for which release. */
export function auditTitle({ model }: AuditState): Line {
  if (!model) return [];
  const { roots, files } = model.report.scanned;
  return [
    { text: screenText(roots.join(' ')) },
    { text: ` (${countText(files, 'file')})`, tone: 'faint' },
    { text: ` for ${releaseText(model.report.target.flatcar)}` },
  ];
}

/** What came of it, and what was chosen. */
export function auditCounts(state: AuditState): Line {
  const { model } = state;
  if (!model) return [];
  const { error, warning, info } = model.report.summary;
  return [
    { text: countText(error, 'error'), tone: error > 0 ? 'error' : undefined },
    { text: ', ' },
    { text: countText(warning, 'warning'), tone: warning > 0 ? 'warning' : undefined },
    { text: `, ${info} info` },
    { text: `   ${choiceText(state, model)}`, tone: 'strong' },
  ];
}

function choiceText(state: AuditState, { fixes }: AuditModel): string {
  if (fixes.length === 0) return 'no fixes';
  return `${chosenFixes(state).length} of ${countText(fixes.length, 'fix', 'fixes')} chosen`;
}
