import { bytesContent } from '../content.ts';
import type { ImageNode } from './image-node.ts';

/** What systemd-sysext matches an extension against; the keys are those of os-release(5) with SYSEXT_ in front. */
export interface ExtensionMetadata {
  /** NAME of NAME.raw. systemd refuses an image whose extension-release file has another name. */
  readonly name: string;
  /** The host's `ID=`, or `_any`. */
  readonly id: string;
  readonly sysextLevel?: string;
  readonly versionId?: string;
  /** systemd's name of the architecture; absent: any. */
  readonly architecture?: string;
  /** Ask PID 1 to reload its units after a merge (systemd 255 and newer; older ones ignore it). */
  readonly reloadManager: boolean;
}

export function extensionReleasePath(name: string): string {
  return `usr/lib/extension-release.d/extension-release.${name}`;
}

/** The file's keys and values, in the order in which they are written. */
export function extensionReleaseFields(metadata: ExtensionMetadata): Record<string, string> {
  return {
    ID: metadata.id,
    ...(metadata.sysextLevel !== undefined && { SYSEXT_LEVEL: metadata.sysextLevel }),
    ...(metadata.versionId !== undefined && { VERSION_ID: metadata.versionId }),
    ...(metadata.architecture !== undefined && { ARCHITECTURE: metadata.architecture }),
    ...(metadata.reloadManager && { EXTENSION_RELOAD_MANAGER: '1' }),
  };
}

export function extensionReleaseText(metadata: ExtensionMetadata): string {
  return Object.entries(extensionReleaseFields(metadata))
    .map(([key, value]) => `${key}=${quoted(value)}\n`)
    .join('');
}

export function extensionReleaseNode(metadata: ExtensionMetadata, mtime: number): ImageNode {
  return {
    kind: 'file',
    path: extensionReleasePath(metadata.name),
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtime,
    xattrs: new Map(),
    content: bytesContent(new TextEncoder().encode(extensionReleaseText(metadata))),
  };
}

/** os-release(5) takes plain words as they are and everything else in double quotes with shell escapes. */
function quoted(value: string): string {
  if (/^[A-Za-z0-9._+-]+$/.test(value)) return value;
  return `"${value.replaceAll(/["\\$`]/g, '\\$&')}"`;
}
