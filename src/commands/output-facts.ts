import { basename } from 'node:path';
import type { BuiltImage } from '../builder/build-image.ts';
import type { ImageOptions } from '../command-line/image-options.ts';
import type { ReportOutput } from '../convert/report.ts';
import type { OutputPaths } from './output-paths.ts';
import { squashfsOptions } from './squashfs-options.ts';

/** What a report says of the image, whatever it was made of. Paths are names beside the image. */
export function outputFacts(
  options: ImageOptions,
  paths: OutputPaths,
  built: BuiltImage | undefined,
): Omit<ReportOutput, 'name' | 'extensionRelease'> {
  const { imageFormat, publish, sourceDateEpoch } = options;
  const { compression, blockSize } = squashfsOptions(options);
  return {
    path: basename(paths.image),
    format: imageFormat,
    ...built,
    ...(imageFormat === 'squashfs' && {
      compression: `${compression.name}:${compression.level}`,
      blockSize,
    }),
    sourceDateEpoch,
    ...(publish.version !== undefined && { version: publish.version }),
    ...(paths.sums !== undefined && { sums: basename(paths.sums) }),
    ...(publish.sysupdate !== undefined && {
      sysupdate: { url: publish.sysupdate, files: paths.transfers.map(path => basename(path)) },
    }),
  };
}
