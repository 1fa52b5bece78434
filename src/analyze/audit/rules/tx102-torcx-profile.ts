import { oncePerObject } from '../../../once-per-object.ts';
import { isCustom } from '../selection.ts';
import type { AuditRule, Observation, Subject } from '../subject.ts';
import { type ProfileImage, parseTorcxJson } from '../torcx-json.ts';
import { torcxPlace } from '../torcx-place.ts';
import { conversionCommand, removeCommand } from './commands.ts';

/** A profile: each image of an active one, unless it is Flatcar's own, is gone until it has become an extension. */
export const torcxProfile: AuditRule = {
  id: 'TX102',
  *check(subject) {
    const profile = profileOf(subject);
    if (!profile) return;
    const custom = profile.images.filter(isCustom);
    if (subject.document?.parent) yield embeddedProfile(subject, custom);
    else yield* treeProfile(subject, profile.images, custom);
  },
  mention({ use }, subject) {
    if (profileOf(subject)) return;
    return {
      severity: use === 'mount' ? 'error' : 'warning',
      message: "nobody reads Torcx's profiles any more",
    };
  },
};

const profileOf = oncePerObject(({ document, nodePath }: Subject) => {
  if (!document || !/^\s*\{/.test(document.text)) return;
  const isProfile =
    torcxPlace(nodePath)?.kind === 'profile' || document.text.includes('"profile-manifest-v');
  if (!isProfile) return;
  const json = parseTorcxJson(document.text);
  return 'reason' in json || !/^(?:profile-manifest-v\d+|)$/.test(json.kind) ? undefined : json;
});

function* treeProfile(
  subject: Subject,
  images: readonly ProfileImage[],
  custom: readonly ProfileImage[],
): Generator<Observation> {
  const { node, nodePath, document } = subject;
  const place = torcxPlace(nodePath);
  const isActive = place?.kind === 'profile' && node.selection.isActive(place.name);
  if (!isActive) {
    const unused = images.length > 1 && custom.length > 0 ? custom : [undefined];
    for (const image of unused) yield idleProfile(subject, image, custom);
    return;
  }
  const selected = custom.filter(image => node.selection.isSelected(image));
  if (selected.length === 0) {
    yield {
      severity: 'warning',
      message: 'it has no image but those that Flatcar brings itself',
      manual: removeCommand(subject),
    };
    return;
  }
  for (const image of selected) {
    const range = images.length > 1 && document ? imageRange(subject, image) : {};
    yield {
      ...range,
      severity: 'error',
      message: `${image.name}:${image.reference} is missing from the first boot without Torcx on, until it is an extension`,
      manual: conversionCommand(image, node),
    };
  }
}

/** Said of the file when there is one image in it, and else of each image. */
function idleProfile(
  subject: Subject,
  image: ProfileImage | undefined,
  custom: readonly ProfileImage[],
): Observation {
  const images = image ? [image] : custom;
  const unused = images.map(({ name, reference }) => `${name}:${reference}`).join(', ');
  const advice = unused === '' ? '' : `; convert ${unused} if it is still wanted`;
  return {
    ...(image && imageRange(subject, image)),
    severity: 'warning',
    message: `nothing selects this profile${advice}`,
    manual: removeCommand(subject),
  };
}

function imageRange({ document }: Subject, { line }: ProfileImage) {
  if (!document) return {};
  return { start: document.lines.start(line), end: document.lines.end(line) };
}

/** The images that the same text provides are spoken of where it does. */
function embeddedProfile(
  { node, nodePath }: Subject,
  custom: readonly ProfileImage[],
): Observation {
  const place = torcxPlace(nodePath);
  const isActive = place?.kind !== 'profile' || node.selection.isActive(place.name);
  const missing = custom.filter(image => node.selection.storeFile(image) === undefined);
  if (!isActive || missing.length === 0) {
    return {
      severity: 'warning',
      message: 'nobody reads this profile any more',
      manual: 'remove the file from the configuration',
    };
  }
  const names = missing.map(({ name, reference }) => `${name}:${reference}`).join(', ');
  return {
    severity: 'error',
    message: `nobody fetches ${names} any more`,
    manual: 'convert the image, publish it, and write it to /etc/extensions/NAME.raw instead',
  };
}
