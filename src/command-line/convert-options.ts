import { type ArchiveOptions, archiveOptions } from './archive-options.ts';
import type { DisplayOptions } from './display-options.ts';
import { type ImageOptions, imageOptions } from './image-options.ts';
import type { Settings } from './settings.ts';

/** A conversion, with every value checked. */
export interface ConvertOptions extends ArchiveOptions, ImageOptions {
  readonly mode: 'convert';
}

/**
 * The conversion that operands, options and environment ask for.
 * @throws ToolError `usage` for the first thing that makes no sense
 */
export function convertOptions(
  operands: readonly string[],
  settings: Settings,
  display: DisplayOptions,
): ConvertOptions {
  const archive = archiveOptions(operands, settings, { display, command: 'torcx2sysext' });
  return {
    mode: 'convert',
    ...archive,
    ...imageOptions(archive.name, settings, display),
  };
}
