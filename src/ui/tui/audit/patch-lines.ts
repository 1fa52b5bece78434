import { countText } from '../../count-text.ts';
import { diffLines } from '../parts/diff-lines.ts';
import { laidOutOnce } from '../parts/laid-out-once.ts';
import { type Line, lineOf } from '../parts/span.ts';
import { wrapLines } from '../parts/wrap-lines.ts';
import type { FixPreview } from './audit-services.ts';

/** What all chosen fixes change together, and what they leave. */
export const patchLines = laidOutOnce(
  ({ patch, files, unfixed, left }: FixPreview, columns): readonly Line[] => {
    const { error, warning, info } = left;
    const count = error + warning + info;
    const rest = `${countText(count, 'finding')} would be left: ${countText(error, 'error')}, ${countText(warning, 'warning')}, ${info} info.`;
    const summary = [
      `${countText(files, 'file')} would change; nothing has been written yet.`,
      count === 0 ? 'No finding would be left.' : rest,
    ];
    return [
      ...summary.map(text => lineOf(text)),
      ...unfixed.flatMap(({ path, reason }) =>
        wrapLines(`not possible: ${path}: ${reason}`, columns, 'error'),
      ),
      lineOf(''),
      ...diffLines(patch),
    ];
  },
);
