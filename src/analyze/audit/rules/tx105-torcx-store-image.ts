import type { AuditRule, Observation, Subject } from '../subject.ts';
import { torcxPlace } from '../torcx-place.ts';
import { conversionCommand } from './conversion-command.ts';
import { mentioned } from './mentioned.ts';

/** An image in a store: nobody unpacks it any more. */
export const torcxStoreImage: AuditRule = {
  id: 'TX105',
  *check(subject) {
    const { nodePath, node, path, document } = subject;
    const place = torcxPlace(nodePath);
    if (place?.kind === 'image' && !document?.parent) {
      const { name, reference } = place.image;
      const isSelected = node.selection.isSelected(place.image);
      const isTaken = isSelected && node.selection.storeFile(place.image) === path;
      yield {
        severity: isTaken ? 'error' : 'warning',
        message: isTaken
          ? `nobody unpacks ${name}:${reference} any more`
          : isSelected
            ? `another file of ${name}:${reference} was taken before this one`
            : `nothing selects ${name}:${reference}`,
        manual: isTaken
          ? conversionCommand({ name, reference, line: 1 }, node.selection)
          : `rm ${path}`,
      };
      return;
    }
    yield* addresses(subject);
    yield* mentioned(subject, 'TX105', ({ reference: { meaning } }) => ({
      message:
        meaning.kind === 'store' && meaning.path?.startsWith('profiles')
          ? "nobody reads Torcx's profiles any more"
          : "nobody reads Torcx's stores any more",
    }));
  },
};

const ADDRESS = /\bhttps?:\/\/[^\s"'`<>]{1,1000}\.torcx\.(?:tgz|squashfs)(?![\w.])/g;
const FETCHES: ReadonlySet<string> = new Set([
  ...['shell', 'unit', 'yaml', 'json', 'terraform', 'settings', 'dockerfile'],
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
    yield { start: match.index, end, message, severity: 'error' };
  }
}
