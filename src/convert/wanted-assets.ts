import type { Entry } from '../analyze/entry.ts';
import type { Manifest } from '../analyze/manifest.ts';
import {
  ASSET_DIRECTORIES,
  type AssetClaims,
  claimAssets,
  type EnablementLink,
} from './asset-claims.ts';
import type { EntryRequests } from './entry-requests.ts';
import { treePlace } from './tree-place.ts';
import { unitFileNames } from './unit-needs.ts';

export interface WantedAssetsInput {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly manifest: Manifest | undefined;
  /** Of the extension. */
  readonly name: string;
  readonly requests: EntryRequests;
}

/** The manifest's word on what is left of the image when the user has left things out. */
export interface WantedAssets extends Omit<AssetClaims, 'outclaimed'> {
  /** Archive path to extension path of what the user leaves out: where it would be. */
  readonly missing: ReadonlyMap<string, string>;
  /** Links that started a unit which the user leaves out, and that unit. */
  readonly orphaned: ReadonlyMap<string, string>;
}

/** A name that an entry does not want any more goes to the next one that claims it. */
export function wantedAssets(input: WantedAssetsInput): WantedAssets {
  const { entries, manifest, requests } = input;
  const listed = manifest ? claimAssets(manifest, entries) : NO_CLAIMS;
  const links = followedLinks(listed, input);
  const missing = missingPlaces(input, listed);
  if (!manifest || missing.size === 0) return { ...listed, links, missing, orphaned: new Map() };
  const places = new Set(missing.values());
  const orphaned = new Map(
    links.flatMap(({ path, unit }): [string, string][] =>
      unitPlaces(unit).some(place => places.has(place)) ? [[path, unit]] : [],
    ),
  );
  return {
    ...claimAssets(manifest, entries, path => requests.isDropped(path)),
    links: links.filter(({ path }) => !requests.isDropped(path) && !orphaned.has(path)),
    missing,
    orphaned,
  };
}

const NO_CLAIMS: AssetClaims = { claims: [], outclaimed: [], links: [], findings: [] };

function missingPlaces(
  { entries, name, requests }: WantedAssetsInput,
  { claims }: AssetClaims,
): ReadonlyMap<string, string> {
  if (!requests.hasDropped) return new Map();
  const claimed = new Map(claims.map(({ from, to }) => [from, to]));
  const places = new Map<string, string>();
  for (const path of entries.keys()) {
    const to = claimed.get(path) ?? treePlace(path, name).to;
    if (to !== null && requests.isDropped(path)) places.set(path, to);
  }
  return places;
}

/**
 * Links whose unit systemd found. One that the image has but the manifest does not list lay in the unpack directory,
 * out of systemd's sight; one that the image does not have is the host's.
 */
function followedLinks(
  { links, claims }: AssetClaims,
  { entries, name }: WantedAssetsInput,
): EnablementLink[] {
  if (links.length === 0) return [];
  const listed = new Set(claims.map(({ to }) => to));
  const brought = new Set([...entries.keys()].map(path => treePlace(path, name).to));
  return links.filter(({ unit }) => {
    const places = unitPlaces(unit);
    return places.some(place => listed.has(place)) || !places.some(place => brought.has(place));
  });
}

function unitPlaces(unit: string): string[] {
  return unitFileNames(unit).map(name => `${ASSET_DIRECTORIES.units}/${name}`);
}
