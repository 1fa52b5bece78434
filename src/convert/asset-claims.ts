import type { Entry } from '../analyze/entry.ts';
import { ASSET_KINDS, type AssetKind, type Manifest } from '../analyze/manifest.ts';
import { type Finding, finding } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import { baseName, parentOf } from '../path-names.ts';
import { comparePaths } from '../path-text.ts';
import { resolveInImage } from './image-links.ts';

/** Where Torcx's manifest puts one entry of the image. */
export interface AssetClaim {
  readonly from: string;
  readonly to: string;
  readonly kind: AssetKind;
}

/** A link in a `.wants` or `.requires` directory that the manifest lists: Torcx started this unit. */
export interface EnablementLink {
  /** Path of the link in the archive. */
  readonly path: string;
  /** `sockets.target` */
  readonly target: string;
  readonly kind: 'wants' | 'requires';
  /** `docker.socket` */
  readonly unit: string;
}

/** An asset that came second: Torcx kept the file that had its name already. */
export interface OutclaimedAsset extends AssetClaim {
  /** Path of that file in the archive. */
  readonly by: string;
}

export interface AssetClaims {
  /** One claim per destination: the first in Torcx's order. */
  readonly claims: readonly AssetClaim[];
  readonly outclaimed: readonly OutclaimedAsset[];
  readonly links: readonly EnablementLink[];
  readonly findings: readonly Finding[];
}

/** Where Torcx put assets at boot. */
export const RUN_DIRECTORIES: Readonly<Record<AssetKind, string>> = {
  bin: '/run/torcx/bin',
  network: '/run/systemd/network',
  units: '/run/systemd/system',
  sysusers: '/run/sysusers.d',
  tmpfiles: '/run/tmpfiles.d',
  udev_rules: '/run/udev/rules.d',
};

/** What systemd reads in their place from a merged extension. */
export const ASSET_DIRECTORIES: Readonly<Record<AssetKind, string>> = {
  bin: 'usr/bin',
  network: 'usr/lib/systemd/network',
  units: 'usr/lib/systemd/system',
  sysusers: 'usr/lib/sysusers.d',
  tmpfiles: 'usr/lib/tmpfiles.d',
  udev_rules: 'usr/lib/udev/rules.d',
};

/**
 * Reads the manifest as Torcx did at boot: assets in the order listed, the first to claim a name wins, a directory
 * under `bin` is flattened to any depth, one of the other kinds keeps its name and its direct files.
 * @param isLeftOut true for an entry that claims nothing, though it is there
 */
export function claimAssets(
  manifest: Manifest,
  entries: ReadonlyMap<string, Entry>,
  isLeftOut: (path: string) => boolean = () => false,
): AssetClaims {
  const claims = new Map<string, AssetClaim>();
  const outclaimed: OutclaimedAsset[] = [];
  const links: EnablementLink[] = [];
  const findings: Finding[] = [];
  const children = childrenOf(entries);
  for (const kind of ASSET_KINDS) {
    for (const item of manifest.assets[kind]) {
      const entry = listedEntry(entries, item);
      if (!entry) {
        findings.push(missingAsset(kind, item));
        continue;
      }
      if (entry.kind === 'directory' && !isReadDirectory(kind, item)) {
        findings.push(unreadDirectory(kind, item));
        continue;
      }
      for (const { from, to } of expand({ kind, entry, children })) {
        if (isLeftOut(from)) continue;
        const link = enablementLink(from, to);
        const first = claims.get(to);
        if (link) links.push(link);
        else if (!first) claims.set(to, { from, to, kind });
        else if (first.from !== from) outclaimed.push({ from, to, kind, by: first.from });
      }
    }
  }
  return { claims: [...claims.values()], outclaimed, links, findings };
}

/**
 * What the manifest means by `item`: Torcx had the kernel look it up, which follows links above it, such as
 * `lib -> usr/lib`, but the item itself was looked at as it is.
 */
export function listedEntry(entries: ReadonlyMap<string, Entry>, item: string): Entry | undefined {
  const slash = item.lastIndexOf('/');
  if (entries.has(item) || slash < 0) return entries.get(item);
  const parent = resolveInImage(entries, item.slice(0, slash));
  return parent === undefined ? undefined : entries.get(`${parent}${item.slice(slash)}`);
}

interface Item {
  readonly kind: AssetKind;
  readonly entry: Entry;
  readonly children: (path: string) => readonly Entry[];
}

function* expand({ kind, entry, children }: Item): Generator<{ from: string; to: string }> {
  const directory = ASSET_DIRECTORIES[kind];
  if (entry.kind !== 'directory') {
    if (isAsset(entry)) yield { from: entry.path, to: `${directory}/${baseName(entry.path)}` };
    return;
  }
  for (const child of children(entry.path)) {
    if (child.kind === 'directory') {
      if (kind === 'bin') yield* expand({ kind, entry: child, children });
    } else if (isAsset(child)) {
      const parent = kind === 'bin' ? directory : `${directory}/${baseName(entry.path)}`;
      yield { from: child.path, to: `${parent}/${baseName(child.path)}` };
    }
  }
}

/** Torcx propagated regular files and symlinks and passed over everything else. */
function isAsset({ kind }: Entry): boolean {
  return kind === 'file' || kind === 'hardlink' || kind === 'symlink';
}

/** The link that `path` is, if it lies in a directory that enables units. */
export function enablementLink(path: string, to: string): EnablementLink | undefined {
  const match = /^usr\/lib\/systemd\/system\/([^/]+)\.(wants|requires)\/([^/]+)$/.exec(to);
  const [, target, kind, unit] = match ?? [];
  if (!target || !unit || (kind !== 'wants' && kind !== 'requires')) return undefined;
  return { path, target, kind, unit };
}

function childrenOf(entries: ReadonlyMap<string, Entry>): (path: string) => readonly Entry[] {
  const byParent = groupBy(entries.values(), ({ path }) => parentOf(path));
  const inOrder = (path: string) =>
    (byParent.get(path) ?? []).sort((a, b) => comparePaths(a.path, b.path));
  return inOrder;
}

function missingAsset(kind: AssetKind, path: string): Finding {
  const consequence =
    kind === 'bin'
      ? 'Torcx passed over it'
      : 'Torcx refused the whole image for it; it is converted without';
  return finding('TX610', {
    path,
    message: `the manifest lists it under "${kind}", but the archive does not have it: ${consequence}`,
  });
}

/** Torcx kept the name of a directory, so its files were found only where systemd looks into such directories. */
function isReadDirectory(kind: AssetKind, path: string): boolean {
  if (kind === 'bin') return true;
  if (kind === 'units') return /\.(d|wants|requires|upholds)$/.test(path);
  return kind === 'network' && path.endsWith('.d');
}

function unreadDirectory(kind: AssetKind, path: string): Finding {
  const copied = `${RUN_DIRECTORIES[kind]}/${baseName(path)}/`;
  return finding('TX610', {
    path,
    severity: 'info',
    message: `the manifest lists this directory under "${kind}"; Torcx copied its files to ${copied}, where nothing reads them: they were inactive, and go by their place in the tree now`,
  });
}
