import type { AuditRule, Subject } from '../subject.ts';
import { torcxPlace } from '../torcx-place.ts';

const MENTION =
  /^(?![ \t]*#)[^\n]*?(\/etc\/systemd\/system-generators\/torcx-generator)(?![\w.-])/gm;

/** What kept Torcx from running: a generator that does nothing, in the place of its own. */
export const torcxGeneratorMask: AuditRule = {
  id: 'TX501',
  *check(subject) {
    const { document } = subject;
    const message =
      'masks a generator that is gone; to keep the built-in Docker off, its extensions have to be masked';
    const manual =
      'ln -sfn /dev/null /etc/extensions/docker-flatcar.raw; ln -sfn /dev/null /etc/extensions/containerd-flatcar.raw';
    if (isGeneratorMask(subject)) yield { message, isRemovable: true };
    if (document?.kind === 'shell') {
      for (const match of document.text.matchAll(MENTION)) {
        const end = match.index + match[0].length;
        yield { start: end - (match[1]?.length ?? 0), end, message, manual };
      }
    }
    for (const file of document?.files ?? []) {
      if (torcxPlace(file.nodePath)?.kind === 'generator')
        yield { start: file.start, end: file.end, message, manual };
    }
  },
};

/** An empty file, a link to /dev/null, or a script that only ends. */
export function isGeneratorMask({ nodePath, target, size, document }: Subject): boolean {
  if (torcxPlace(nodePath)?.kind !== 'generator' || document?.parent) return false;
  if (target !== undefined) return target === '/dev/null';
  if (!document) return size === 0;
  return document.text
    .split('\n')
    .every(line => /^\s*(?:#.*|:|true|exit(?:\s+0)?)?\s*$/.test(line));
}
