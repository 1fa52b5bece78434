import type { AuditRule } from '../subject.ts';
import { torcxPlace } from '../torcx-place.ts';
import { mentioned } from './mentioned.ts';

/** A place on the network that images were fetched from. */
export const torcxRemote: AuditRule = {
  id: 'TX104',
  *check(subject) {
    const { document, nodePath } = subject;
    const isRemote =
      torcxPlace(nodePath)?.kind === 'remote' ||
      (document?.kind === 'json' &&
        /"remote-manifest-v\d/.test(document.text) &&
        !document.files.length);
    if (document && isRemote) {
      yield {
        message: 'nobody fetches images from this remote any more',
        manual:
          'publish the converted images, and fetch them by a contents.source of Butane or by systemd-sysupdate',
      };
      return;
    }
    yield* mentioned(subject, 'TX104', () => ({
      severity: 'warning',
      message: "nobody reads Torcx's remotes any more",
    }));
  },
};
