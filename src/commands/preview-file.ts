import { extensionReleaseText } from '../builder/extension-release.ts';
import { type Content, readBytes } from '../content.ts';
import type { Plan } from '../convert/plan.ts';
import { extensionReleasePath } from '../extension-release-path.ts';
import { pathText } from '../path-text.ts';
import type { InspectedArchive } from '../pipeline.ts';
import { ADDED } from '../ui/added-path.ts';
import type { Preview } from '../ui/tui/preview.ts';

/** Whoever wants to read more than this takes another program. */
const TEXT_BYTES = 1 << 16;
/** Enough to see what a binary file is. */
const BINARY_BYTES = 1 << 12;

/**
 * The start of a file of the archive, or with {@link ADDED} before its path of one that the conversion makes. Unknown
 * paths have no content.
 */
export async function previewFile(path: string, archive: InspectedArchive): Promise<Preview> {
  if (path.startsWith(`${ADDED}/`)) return previewAdded(path.slice(ADDED.length + 1), archive.plan);
  const { entries } = archive.inspection;
  const named = entries.get(path);
  const entry = named?.kind === 'hardlink' ? entries.get(named.target) : named;
  return entry?.kind === 'file' ? previewContent(entry.content) : { kind: 'none' };
}

async function previewContent(content: Content): Promise<Preview> {
  const bytes = await readBytes(content, 0, Math.min(content.size, TEXT_BYTES));
  if (bytes.includes(0)) {
    return {
      kind: 'binary',
      bytes: bytes.subarray(0, BINARY_BYTES),
      isCut: content.size > BINARY_BYTES,
    };
  }
  return { kind: 'text', text: pathText(wholeCharacters(bytes)), isCut: content.size > TEXT_BYTES };
}

function previewAdded(to: string, { steps, extension }: Plan): Preview {
  if (to === extensionReleasePath(extension.name)) {
    return { kind: 'text', text: extensionReleaseText(extension), isCut: false };
  }
  const step = steps.find(one => one.do === 'create' && one.to === to);
  if (step?.do !== 'create') return { kind: 'none' };
  const text = 'text' in step.made ? step.made.text : `link to ${step.made.target}`;
  return { kind: 'text', text, isCut: false };
}

/** Without the character that the limit has cut in two: it has at most three bytes before its last one. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  if (bytes.length < TEXT_BYTES) return bytes;
  let end = bytes.length;
  while (end > bytes.length - 4 && ((bytes[end - 1] ?? 0) & 0xc0) === 0x80) end -= 1;
  return ((bytes[end - 1] ?? 0) & 0xc0) === 0xc0 ? bytes.subarray(0, end - 1) : bytes;
}
