import type { ImageOptions } from '../command-line/image-options.ts';
import { existingFile } from '../host/output-file.ts';
import type { FileFate, ReviewedFile } from '../ui/wizard/wizard-services.ts';
import type { OutputPaths } from './output-paths.ts';

/** Every file that goes with an image, in the order in which they are written, and what has its name now. */
export function reviewedFiles(
  { image, reports, sums, transfers }: OutputPaths,
  { force, publish }: Pick<ImageOptions, 'force' | 'publish'>,
): Promise<readonly ReviewedFile[]> {
  const inTheWay: FileFate = force ? 'replaced' : 'obstacle';
  const configs = publish.node?.configs ?? [];
  return Promise.all([
    reviewed(image, inTheWay),
    ...reports.map(({ path }) => reviewed(path, inTheWay)),
    // Whoever publishes may have changed it, and nodes may have it like that.
    ...transfers.map(path => reviewed(path, force ? 'replaced' : 'kept')),
    ...(sums === undefined ? [] : [reviewed(sums, 'updated')]),
    ...configs.map(({ path }) => reviewed(path, inTheWay)),
  ]);
}

/** @param ifThere what becomes of a file that has the name already */
async function reviewed(path: string, ifThere: FileFate): Promise<ReviewedFile> {
  const existing = await existingFile(path).catch(() => undefined);
  if (!existing) return { path, fate: 'new' };
  return { path, fate: ifThere, existing: { size: existing.size, mtime: existing.mtime } };
}
