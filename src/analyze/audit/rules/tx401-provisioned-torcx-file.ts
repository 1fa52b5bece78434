import type { Severity } from '../../../finding.ts';
import type { ProvisionedFile } from '../carriers/provisioned-files.ts';
import { isGuarded } from '../mentions/document-guards.ts';
import { isCustom } from '../selection.ts';
import type { AuditRule, Observation, Subject } from '../subject.ts';
import { type TorcxPlace, torcxPlace } from '../torcx-place.ts';

/** A file of Torcx that Ignition, Butane, cloud-config and the like put onto nodes. */
export const provisionedTorcxFile: AuditRule = {
  id: 'TX401',
  *check(subject) {
    for (const file of subject.document?.files ?? []) {
      const place = torcxPlace(file.nodePath);
      if (place && place.kind !== 'generator') yield* observations(subject, file, place);
    }
  },
};

function* observations(
  subject: Subject,
  file: ProvisionedFile,
  place: TorcxPlace,
): Generator<Observation> {
  const severity = severityOf(subject, file, place);
  const manual =
    place.kind === 'image'
      ? `convert the image, and write it to /etc/extensions/${place.image.name}.raw`
      : 'remove the file from the configuration';
  yield { start: file.start, end: file.end, severity, message: MESSAGES[place.kind], manual };
  for (const { value } of file.sources) {
    if (!TOLD_TWICE.has(place.kind) && !IMAGE_FILE.test(value.text)) continue;
    const message =
      place.kind === 'image'
        ? 'the address of an image that nobody unpacks any more'
        : MESSAGES[place.kind];
    yield { start: value.start, end: value.end, severity, message, manual };
  }
}

/** Their addresses are worth a word as well. */
const TOLD_TWICE: ReadonlySet<TorcxPlace['kind']> = new Set(['image', 'profile', 'remote']);
const IMAGE_FILE = /\.torcx\.(?:tgz|squashfs)$/;

const MESSAGES: Readonly<Record<TorcxPlace['kind'], string>> = {
  'next-profile': 'nobody reads the name of the next profile any more',
  profile: 'nobody reads this profile any more',
  remote: 'nobody fetches images from a remote any more',
  config: "nobody reads Torcx's configuration any more",
  image: 'nobody unpacks this image any more',
  'docker-switch': 'selected a Docker by a vendor profile of Torcx, and has no effect now',
  generator: 'masks a generator that is gone',
  other: 'nobody reads this directory any more',
};

function severityOf(
  { node, document }: Subject,
  file: ProvisionedFile,
  place: TorcxPlace,
): Severity {
  if (document && isGuarded(document, file.start)) return 'warning';
  if (place.kind === 'image' || place.kind === 'remote') return 'error';
  // A copy into a store's directory keeps the name that the image has where it comes from.
  if (file.sources.some(({ value }) => IMAGE_FILE.test(value.text))) return 'error';
  if (place.kind !== 'profile' || !node.selection.isActive(place.name)) return 'warning';
  const images = node.selection.jsonAt(file.nodePath)?.images ?? [];
  const missing = images.filter(
    image => isCustom(image) && node.selection.storeFile(image) === undefined,
  );
  return missing.length > 0 ? 'error' : 'warning';
}
