import type { AuditRule, Subject } from '../subject.ts';
import { torcxPlace } from '../torcx-place.ts';
import { removeCommand } from './commands.ts';
import { isGeneratorMask } from './tx501-torcx-generator-mask.ts';

const OWN_UNIT =
  /^\/(?:etc|usr\/local\/lib|usr\/lib)\/systemd\/system\/torcx(?:-profile-populate)?\.(?:target|service)$/;

/** A copy of Torcx's own units, generator, or of the wrapper that it had in place of Docker's programs. */
export const copiedTorcxAsset: AuditRule = {
  id: 'TX307',
  *check(subject) {
    const { nodePath, document, target } = subject;
    if (OWN_UNIT.test(nodePath) && target === '/dev/null') {
      const message = 'masks a unit of Torcx, which is gone';
      yield { severity: 'info', message, manual: removeCommand(subject) };
    }
    if (!document || target !== undefined) return;
    if (OWN_UNIT.test(nodePath) && document.text.trim() !== '') {
      yield {
        message:
          'a copy of a unit of Torcx: what depends on it is started or held back by an assertion that never holds',
        manual: `${removeCommand(subject)}, and what depends on the unit`,
      };
    }
    if (
      torcxPlace(nodePath)?.kind === 'generator' &&
      !isGeneratorMask(subject) &&
      !document.parent
    ) {
      yield {
        message: 'a copy of the generator of Torcx, which is gone',
        manual: removeCommand(subject),
      };
    }
    if (isWrapper(subject)) {
      yield {
        message:
          'a stand-in for a program of Torcx: it always fails, and hides the real program in the search path',
        manual: removeCommand(subject),
      };
    }
  },
};

/** A script that reads the seal and becomes the program of its own name below TORCX_BINDIR. */
function isWrapper({ document }: Subject): boolean {
  if (document?.kind !== 'shell' || !document.text.includes('/run/metadata/torcx')) return false;
  return /\bexec\b[^\n]*\$\{?TORCX_BINDIR\}?"?\/"?\$(?:\{?\w+\}?|\(basename|\{0##)/.test(
    document.text,
  );
}
