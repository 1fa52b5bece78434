import { shellCommand } from '../../../shell-command.ts';
import { shownPath } from '../../shown-path.ts';
import { sizeText } from '../../size-text.ts';
import { textSummary } from '../../text-report.ts';
import type { Review, ReviewedFile } from '../wizard-services.ts';
import { indented, paragraph } from './numbered.ts';

/** Everything that would be written and what is worth knowing about it. */
export function reviewLines(review: Review, command: readonly string[]): string[] {
  const { report, files, obstacle } = review;
  return [
    '',
    'Would be written:',
    ...files.flatMap(file => indented(fileText(file))),
    'Left out:',
    ...(report.dropped.length === 0
      ? indented('nothing')
      : report.dropped.flatMap(({ path, reason }) => indented(`${path}: ${reason}`))),
    'Summary:',
    ...textSummary(report, { color: false }).trimEnd().split('\n'),
    'The same as a command:',
    `      ${shellCommand(command)}`,
    ...(obstacle ? ['', ...paragraph(`This cannot be written: ${obstacle.what}`)] : []),
  ];
}

function fileText({ path, existing }: ReviewedFile): string {
  if (!existing) return shownPath(path);
  const date = existing.mtime.toISOString().slice(0, 10);
  return `${shownPath(path)} (exists: ${sizeText(existing.size)}, ${date})`;
}
