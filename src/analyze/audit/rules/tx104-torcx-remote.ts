import { oncePerObject } from '../../../once-per-object.ts';
import type { AuditRule, Subject } from '../subject.ts';
import { torcxPlace } from '../torcx-place.ts';

/** A place on the network that images were fetched from. */
export const torcxRemote: AuditRule = {
  id: 'TX104',
  *check(subject) {
    if (!isRemote(subject)) return;
    yield {
      message: 'nobody fetches images from this remote any more',
      manual:
        'publish the converted images, and fetch them by a contents.source of Butane or by systemd-sysupdate',
    };
  },
  mention(_mention, subject) {
    if (isRemote(subject)) return;
    return { severity: 'warning', message: "nobody reads Torcx's remotes any more" };
  },
};

const isRemote = oncePerObject(({ document, nodePath }: Subject): boolean => {
  if (!document) return false;
  if (torcxPlace(nodePath)?.kind === 'remote') return true;
  const { kind, text, files } = document;
  return kind === 'json' && files.length === 0 && /"remote-manifest-v\d/.test(text);
});
