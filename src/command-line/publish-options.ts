import { usageError } from '../usage-error.ts';
import { type NodeOptions, nodeOptions } from './node-options.ts';
import { longFlag } from './option-spec.ts';
import { OPTIONS } from './option-table.ts';
import type { Settings } from './settings.ts';

/** How an image is offered to nodes. */
export interface PublishOptions {
  /** A part of the image's file name; absent: the file is called after the extension alone. */
  readonly version?: string;
  /** The image gets a line in SHA256SUMS beside it. */
  readonly sums: boolean;
  /** Address of the directory from which systemd-sysupdate gets it; transfer files are written for that. */
  readonly sysupdate?: string;
  /** Configuration for nodes that are made with the image. */
  readonly node?: NodeOptions;
}

/** @throws ToolError `usage` for the first thing that makes no sense */
export function publishOptions(settings: Settings, imageFormat: string): PublishOptions {
  const version = settings.value(OPTIONS.imageVersion);
  const sysupdate = settings.value(OPTIONS.sysupdate);
  if (sysupdate !== undefined && version === undefined) {
    throw usageError(
      '--sysupdate needs --image-version: systemd-sysupdate tells versions by the file names',
    );
  }
  // systemd-sysupdate learns from the list which versions there are.
  const sums = settings.on(OPTIONS.sha256sums) || sysupdate !== undefined;
  if (imageFormat === 'directory' && (version !== undefined || sums)) {
    const option = version === undefined ? OPTIONS.sha256sums : OPTIONS.imageVersion;
    throw usageError(`${longFlag(option)} is for image files; --image-format directory makes none`);
  }
  const node = nodeOptions(settings, {
    imageFormat,
    ...(sysupdate !== undefined && { sysupdate }),
  });
  return {
    ...(version !== undefined && { version }),
    sums,
    ...(sysupdate !== undefined && { sysupdate }),
    ...(node && { node }),
  };
}
