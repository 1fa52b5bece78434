import type { AuditRule } from '../subject.ts';
import { torcxPlace } from '../torcx-place.ts';
import { removeCommand } from './commands.ts';

const MENTION =
  /^(?![ \t]*#)[^\n]*?(\/etc\/systemd\/system-generators\/torcx-generator)(?![\w.-])/gm;

/** What kept Torcx from running: an empty generator in the place of its own. */
export const torcxGeneratorMask: AuditRule = {
  id: 'TX501',
  *check(subject) {
    const { nodePath, document, target, size } = subject;
    const message =
      'masks a generator that is gone; to keep the built-in Docker off, its extensions have to be masked';
    const manual =
      'ln -s /dev/null /etc/extensions/docker-flatcar.raw; ln -s /dev/null /etc/extensions/containerd-flatcar.raw';
    const isEmpty = target === '/dev/null' || size === 0 || document?.text.trim() === '';
    if (torcxPlace(nodePath)?.kind === 'generator' && isEmpty && !document?.parent) {
      yield { message, manual: removeCommand(subject) };
    }
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
