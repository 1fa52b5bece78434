import { releasedExtension } from '../../extension-release-path.ts';
import type { ExtensionRelease } from '../extension-releases.ts';
import type { AuditEntry } from './audit-entry.ts';

/** An extension in one of the directories that systemd-sysext looks into. */
export interface NodeExtension {
  /** Without `.raw`. */
  readonly name: string;
  /** Undefined as long as nobody could look into it. */
  readonly releases?: readonly ExtensionRelease[];
}

const DIRECTORY = /^\/(?:etc|run|var\/lib)\/extensions\//;

/** The extensions of a node, by the path of their image or directory. */
export class ExtensionTable {
  readonly #images = new Map<string, NodeExtension>();
  readonly #directories = new Map<string, { name: string; releases: ExtensionRelease[] }>();

  add(entry: AuditEntry): void {
    const { nodePath } = entry;
    const [directory] = DIRECTORY.exec(nodePath) ?? [];
    if (directory === undefined) return;
    const [top = '', ...rest] = nodePath.slice(directory.length).split('/');
    const inner = rest.join('/');
    if (inner === '') this.#addImage(entry, top);
    else if (/^(?:usr|opt)\/./.test(inner)) this.#addContent(directory + top, top, inner);
  }

  at(nodePath: string): NodeExtension | undefined {
    return this.#images.get(nodePath) ?? this.#directories.get(nodePath);
  }

  *names(): Generator<string> {
    for (const { name } of this.#images.values()) yield name;
    for (const { name } of this.#directories.values()) yield name;
  }

  #addImage(entry: AuditEntry, fileName: string): void {
    if (!fileName.endsWith('.raw') || (entry.kind !== 'file' && entry.kind !== 'symlink')) return;
    if (entry.kind === 'symlink' && entry.target === '/dev/null') return;
    const { extensionReleases: releases } = entry;
    const name = fileName.slice(0, -'.raw'.length);
    this.#images.set(entry.nodePath, { name, ...(releases && { releases }) });
  }

  /** A directory without any is a mask, one of versions has images in it. */
  #addContent(path: string, name: string, inner: string): void {
    if (name.endsWith('.v')) return;
    const extension = this.#directories.get(path) ?? { name, releases: [] };
    this.#directories.set(path, extension);
    const release = releasedExtension(inner);
    if (release !== undefined) extension.releases.push({ name: release, isForAnyName: false });
  }
}
