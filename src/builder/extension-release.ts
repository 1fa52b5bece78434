import { bytesContent } from '../content.ts';
import { extensionReleasePath } from '../extension-release-path.ts';
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
  /** Further keys, such as SYSEXT_SCOPE. */
  readonly further?: Readonly<Record<string, string>>;
}

/** The file's keys and values, in the order in which they are written. */
export function extensionReleaseFields(metadata: ExtensionMetadata): Record<string, string> {
  return {
    ID: metadata.id,
    ...(metadata.sysextLevel !== undefined && { SYSEXT_LEVEL: metadata.sysextLevel }),
    ...(metadata.versionId !== undefined && { VERSION_ID: metadata.versionId }),
    ...(metadata.architecture !== undefined && { ARCHITECTURE: metadata.architecture }),
    ...(metadata.reloadManager && { EXTENSION_RELOAD_MANAGER: '1' }),
    ...metadata.further,
  };
}

/** The whole file, in the format of os-release(5). */
export function extensionReleaseText(metadata: ExtensionMetadata): string {
  return Object.entries(extensionReleaseFields(metadata))
    .map(([key, value]) => `${key}=${quoted(value)}\n`)
    .join('');
}

/** What an extension-release file says. */
export interface ReleaseText {
  /** Of a key that is there several times the last, as systemd takes it. */
  readonly fields: ReadonlyMap<string, string>;
  /** Lines that say nothing, counted from 1. */
  readonly invalidLines: readonly number[];
}

/** Reads a file in the format of os-release(5): assignments as a shell has them, but no expansions. */
export function parseExtensionRelease(text: string): ReleaseText {
  const fields = new Map<string, string>();
  const invalidLines: number[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(?:[#;].*)?$/.test(line)) continue;
    const [, key, word] = /^\s*([A-Z][A-Z0-9_]*)=(.*?)\s*$/.exec(line) ?? [];
    const value = word === undefined ? undefined : unquoted(word);
    if (key === undefined || value === undefined) invalidLines.push(index + 1);
    else fields.set(key, value);
  }
  return { fields, invalidLines };
}

/** @param mtime seconds since 1970 */
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

/** Undefined for quotes that do not end, and for what follows them. */
function unquoted(word: string): string | undefined {
  const [, double] = /^"((?:[^"\\]|\\.)*)"$/s.exec(word) ?? [];
  if (double !== undefined) return double.replaceAll(/\\(["\\$`])/g, '$1');
  const [, single] = /^'([^']*)'$/.exec(word) ?? [];
  if (single !== undefined) return single;
  return /["'\s]/.test(word) ? undefined : word.replaceAll(/\\(.)/g, '$1');
}
