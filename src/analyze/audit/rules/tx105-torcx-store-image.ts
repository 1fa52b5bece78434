import { storeVersion } from '../store-files.ts';
import type { AuditRule, Observation, Subject } from '../subject.ts';
import { type TorcxPlace, torcxPlace } from '../torcx-place.ts';
import { conversionCommand, removeCommand } from './commands.ts';

/** An image in a store: nobody unpacks it any more. */
export const torcxStoreImage: AuditRule = {
  id: 'TX105',
  *check(subject) {
    const place = imagePlace(subject);
    if (place) yield image(subject, place);
    else yield* addresses(subject);
  },
  mention({ reference: { meaning } }, subject) {
    if (imagePlace(subject)) return;
    return {
      message:
        meaning.kind === 'store' && meaning.path?.startsWith('profiles')
          ? "nobody reads Torcx's profiles any more"
          : "nobody reads Torcx's stores any more",
    };
  },
};

type ImagePlace = Extract<TorcxPlace, { kind: 'image' }>;

function imagePlace({ nodePath, document }: Subject): ImagePlace | undefined {
  const place = document?.parent ? undefined : torcxPlace(nodePath);
  return place?.kind === 'image' ? place : undefined;
}

function image(subject: Subject, place: ImagePlace): Observation {
  const { node, nodePath } = subject;
  const { name, reference } = place.image;
  const label = `${name}:${reference}`;
  const { isSelected, isOfOtherRelease, storeFile } = node.selection;
  const isTaken = isSelected(place.image) && storeFile(place.image)?.nodePath === nodePath;
  if (isTaken && !isOfOtherRelease(nodePath)) {
    return {
      severity: 'error',
      message: `nobody unpacks ${label} any more`,
      manual: conversionCommand({ name, reference }, node),
    };
  }
  const message = !isSelected(place.image)
    ? `nothing selects ${label}`
    : isOfOtherRelease(nodePath)
      ? `only release ${storeVersion(nodePath)} read ${label} from here`
      : `another file of ${label} was taken before this one`;
  return { severity: 'warning', message, manual: removeCommand(subject) };
}

const ADDRESS = /\bhttps?:\/\/[^\s"'`<>]{1,1000}\.torcx\.(?:tgz|squashfs)(?![\w.])/g;
const FETCHES: ReadonlySet<string> = new Set([
  'shell',
  'unit',
  'yaml',
  'json',
  'terraform',
  'settings',
  'dockerfile',
]);

/** Addresses that an image is fetched from; those of provisioned files are told with the file. */
function* addresses({ document }: Subject): Generator<Observation> {
  if (!document || !FETCHES.has(document.kind) || !document.text.includes('.torcx.')) return;
  const told = new Set(
    document.files.flatMap(file => file.sources.map(({ value }) => value.start)),
  );
  for (const match of document.text.matchAll(ADDRESS)) {
    if (told.has(match.index) || document.embedded.has(match.index)) continue;
    const line = document.lines.start(document.lines.lineAt(match.index));
    if (/^\s*(?:#|\/\/|;)/.test(document.text.slice(line, line + 200))) continue;
    const end = match.index + match[0].length;
    const message = 'the address of an image that nobody unpacks any more';
    const manual = 'publish the converted image, and fetch that';
    yield { start: match.index, end, message, severity: 'error', manual };
  }
}
