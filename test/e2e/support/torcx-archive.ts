import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type MemberOptions, member, tar } from '../../support/tar-builder.ts';

export interface TorcxArchiveOptions {
  /** `zfs:2.1.5` */
  readonly torcxName: string;
  readonly directory: string;
  /** Path to a file's text, or to what else a member of the archive is. */
  readonly tree: Readonly<Record<string, string | Omit<MemberOptions, 'name'>>>;
  /** The manifest's lists. */
  readonly manifest: Readonly<Record<string, readonly string[]>>;
}

/** Writes a Torcx image of a test's own; texts that begin with `#!` are executable. Gives its path. */
export function torcxArchive({
  torcxName,
  directory,
  tree,
  manifest,
}: TorcxArchiveOptions): string {
  const value = JSON.stringify({ kind: 'image-manifest-v0', value: manifest });
  const all: TorcxArchiveOptions['tree'] = { ...tree, '.torcx/manifest.json': value };
  const members = Object.entries(all).map(([name, what]) => {
    if (typeof what !== 'string') return member({ name, ...what });
    return member({ name, data: what, mode: what.startsWith('#!') ? 0o755 : 0o644 });
  });
  mkdirSync(directory, { recursive: true });
  const path = join(directory, `${torcxName}.torcx.tgz`);
  writeFileSync(path, gzipSync(tar(...members)));
  return path;
}
