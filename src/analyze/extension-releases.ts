import { openImage } from '../builder/squashfs/read-image.ts';
import type { Content } from '../content.ts';
import { ToolError } from '../errors.ts';
import { releasedExtension } from '../extension-release-path.ts';
import { unitBoolean } from './unit-boolean.ts';

/** A file of an extension that says what it is for, `usr/lib/extension-release.d/extension-release.NAME`. */
export interface ExtensionRelease {
  readonly name: string;
  /** An extended attribute lets systemd take it for an extension of any name (os-release(5)). */
  readonly isForAnyName: boolean;
}

const STRICT = 'user.extension-release.strict';

/** The extension-release files of an image; undefined when it is no SquashFS image that can be read. */
export async function extensionReleases(image: Content): Promise<ExtensionRelease[] | undefined> {
  const releases: ExtensionRelease[] = [];
  try {
    const { entries } = await openImage(image);
    for await (const { path, xattrs } of entries()) {
      const name = releasedExtension(path);
      if (name === undefined) continue;
      const strict = xattrs.get(STRICT);
      const isForAnyName = strict !== undefined && unitBoolean(textOf(strict)) === false;
      releases.push({ name, isForAnyName });
    }
    return releases;
  } catch (error) {
    // A damaged image has other troubles than its name.
    if (error instanceof ToolError) return;
    throw error;
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1').replace(/\0$/, '');
}
