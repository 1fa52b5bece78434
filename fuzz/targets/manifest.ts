import { ASSET_KINDS, parseManifest } from '../../src/analyze/manifest.ts';
import { check, unlessRefused } from '../lib/check.ts';

/** Any text is a manifest that is refused, or lists of paths within the image. */
export async function fuzz(data: Uint8Array): Promise<void> {
  const text = Buffer.from(data).toString('utf8');
  const manifest = await unlessRefused(() => parseManifest(text));
  if (!manifest) return;
  const value: unknown = JSON.parse(text);
  check(typeof value === 'object' && value !== null, () => 'a manifest that is no object');
  for (const path of ASSET_KINDS.flatMap(kind => manifest.assets[kind])) {
    const isInside = !path.startsWith('/') && !path.split('/').includes('..');
    check(isInside, () => `the path ${JSON.stringify(path)}`);
  }
}
