import type { Entry } from '../analyze/entry.ts';
import { ASSET_KINDS, type AssetKind, type Manifest } from '../analyze/manifest.ts';
import { ASSET_DIRECTORIES, claimAssets, listedEntry } from './asset-claims.ts';
import type { ManifestReport } from './inspect-report.ts';
import type { PathMap } from './path-map.ts';

/** Holds the manifest against the tree: what Torcx was told to activate, and what it never saw. */
export function checkManifest(
  manifest: Manifest,
  entries: ReadonlyMap<string, Entry>,
  map: PathMap,
): ManifestReport {
  const { claims, outclaimed, links } = claimAssets(manifest, entries);
  const listed = ASSET_KINDS.flatMap(kind =>
    manifest.assets[kind].map(path => ({
      kind,
      path,
      present: listedEntry(entries, path) !== undefined,
    })),
  );
  const known = new Set([...claims, ...outclaimed].map(({ from }) => from));
  for (const { path } of links) known.add(path);
  const idle = new Map(map.idleLinks.map(({ path }) => [path, 'units' as const]));
  const unlisted = [...entries.values()].flatMap(({ path, kind }) => {
    const assetKind = idle.get(path) ?? assetKindOf(map.placements.get(path)?.to);
    return kind === 'directory' || known.has(path) || !assetKind ? [] : [{ kind: assetKind, path }];
  });
  return { listed, unlisted, outclaimed };
}

/** The kind of asset that systemd or a shell takes a file at `to` for. */
function assetKindOf(to: string | null | undefined): AssetKind | undefined {
  if (!to) return undefined;
  return ASSET_KINDS.find(kind => to.startsWith(`${ASSET_DIRECTORIES[kind]}/`));
}
