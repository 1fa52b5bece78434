import { ToolError } from '../errors.ts';
import { shellWord } from '../shell-command.ts';
import { linkTarget } from './image-links.ts';
import type { Step } from './step.ts';

/**
 * A relative link that climbs out of the image is looked up in whatever lies around it, which is another place under
 * /usr than it was under Torcx. Nobody can say what was meant, and who leaves the link out need not.
 * @throws ToolError `unsafe-entry` for the first of them that the extension would have
 */
export function assertNoClimbingLinks(steps: readonly Step[]): void {
  for (const step of steps) {
    if (step.do !== 'copy' || step.entry.kind !== 'symlink') continue;
    const { path, target } = step.entry;
    if (linkTarget(path, target) !== undefined) continue;
    throw new ToolError('unsafe-entry', {
      entry: path,
      reason: `is a symbolic link that leaves the image: '${target}'`,
      suggestion: `--drop ${shellWord(path)}`,
    });
  }
}
