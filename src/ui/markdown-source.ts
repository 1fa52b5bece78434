import type { ImageReport } from '../convert/report.ts';
import { countText } from './count-text.ts';
import { code, plain } from './markdown-syntax.ts';
import { sizeText } from './size-text.ts';

/** What the image was made of: rows of the summary's table. */
export function sourceRows({ mode, input }: ImageReport): string[][] {
  const archive = `${code(input.path)} (${plain(input.format)}, ${sizeText(input.size)}, ${countText(input.entries, 'entry', 'entries')})`;
  if (mode === 'convert') {
    return [
      ['Torcx image', archive],
      ['Torcx name and reference', `${code(input.name)}, ${code(input.reference)}`],
    ];
  }
  if (mode === 'bake') return [['Directory', archive]];
  return [
    ["Docker's release", archive],
    ...(input.url === undefined ? [] : [['Downloaded from', plain(input.url)]]),
    ['Parts of it', plain(input.parts.join(', '))],
  ];
}

/** What has to be said of it besides. */
export function sourceNotes({ mode, input }: ImageReport): string[] {
  if (mode !== 'convert' || input.hasManifest) return [];
  return [
    `The archive has no ${code('.torcx/manifest.json')}: Torcx itself activated none of its files. They were converted by their place in the tree.`,
  ];
}

/** Why units that could be enabled are not, and what enables them. Ends in a colon. */
export function notEnabledText({ mode }: ImageReport): string {
  const section = 'These units have an `[Install]` section,';
  return mode === 'convert'
    ? `${section} but Torcx did not start them, so the extension does not either. To have one started, convert again with \`--enable\`:`
    : `${section} and are not started at boot. To have one started, make the image again with \`--enable\`:`;
}

/** Heads the column of paths in it. */
export function sourceColumn({ mode }: ImageReport): string {
  return mode === 'bake' ? 'In the directory' : 'In the archive';
}
