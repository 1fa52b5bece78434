import { posix } from 'node:path';
import type { Entry } from '../analyze/entry.ts';
import type { Manifest } from '../analyze/manifest.ts';
import { parseUnitName, templateName } from '../analyze/unit-name.ts';
import { isHostDirectory } from '../builder/sysext-rules.ts';
import { type Finding, finding } from '../finding.ts';
import {
  ASSET_DIRECTORIES,
  type AssetClaim,
  type AssetClaims,
  baseName,
  claimAssets,
  type EnablementLink,
  enablementLink,
} from './asset-claims.ts';
import { resolveInImage } from './image-links.ts';
import { parentsOf } from './path-parents.ts';
import { type TreePlace, treePlace } from './tree-place.ts';

/** Where one entry of the archive goes. */
export interface Placement {
  /** Path in the extension; null for an entry that is not in it. */
  readonly to: string | null;
  readonly because: string;
  /** Absolute path at which tmpfiles.d puts a copy. */
  readonly copiedTo?: string;
}

/** A link that keeps a program of the manifest's `bin` list in usr/bin where the program itself stays elsewhere. */
export interface BinLink {
  readonly path: string;
  readonly target: string;
}

/** Where everything goes, and the way from an old path to a new one. */
export interface PathMap {
  readonly placements: ReadonlyMap<string, Placement>;
  readonly binLinks: readonly BinLink[];
  /** Links in directories that the manifest lists: these units were started. */
  readonly links: readonly EnablementLink[];
  /** Links in `.wants` and `.requires` directories that the manifest does not list: Torcx never made them. */
  readonly idleLinks: readonly EnablementLink[];
  readonly findings: readonly Finding[];
  /** Final absolute path of what the image has at `path` (no leading slash); undefined: nothing, or several places. */
  finalPath(path: string): string | undefined;
  /** What `/run/torcx/bin/NAME` has become, absolute; undefined when this image did not bring it. */
  finalBin(name: string): string | undefined;
}

export interface PathMapInput {
  /** Sorted, parents first. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly manifest: Manifest | undefined;
  /** Of the extension. */
  readonly name: string;
}

/** Places every entry: what the manifest says first, then by its place in the tree. Nothing is ever overwritten. */
export function mapPaths(input: PathMapInput): PathMap {
  const listed = input.manifest ? claimAssets(input.manifest, input.entries) : NO_CLAIMS;
  const claims = { ...listed, links: followedLinks(listed, input) };
  const mapper = new PathMapper(input, claims);
  for (const claim of claims.claims) mapper.placeClaim(claim);
  for (const entry of input.entries.values()) mapper.placeByTree(entry);
  return mapper;
}

const NO_CLAIMS: AssetClaims = { claims: [], outclaimed: [], links: [], findings: [] };

/**
 * Links whose unit systemd found. One that the image has but the manifest does not list lay in the unpack directory,
 * out of systemd's sight; one that the image does not have is the host's.
 */
function followedLinks({ links, claims }: AssetClaims, input: PathMapInput): EnablementLink[] {
  if (links.length === 0) return [];
  const listed = new Set(claims.map(({ to }) => to));
  const brought = new Set([...input.entries.keys()].map(path => treePlace(path, input.name).to));
  return links.filter(({ unit }) => {
    const parsed = parseUnitName(unit);
    const names = [unit, (parsed && templateName(parsed)) ?? unit];
    const places = names.map(name => `${ASSET_DIRECTORIES.units}/${name}`);
    return places.some(place => listed.has(place)) || !places.some(place => brought.has(place));
  });
}

class PathMapper implements PathMap {
  readonly placements = new Map<string, Placement>();
  readonly binLinks: BinLink[] = [];
  readonly links: readonly EnablementLink[];
  readonly idleLinks: EnablementLink[] = [];
  readonly findings: Finding[];
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #name: string;
  readonly #enabling: ReadonlySet<string>;
  /** Destination of a non-directory to the entry that has it. */
  readonly #taken = new Map<string, string>();
  /** Every directory that a destination lies in. */
  readonly #parents = new Set<string>();
  readonly #bins = new Map<string, string>();
  readonly #directories = new Map<string, string | null>();

  constructor({ entries, name }: PathMapInput, claims: AssetClaims) {
    this.#entries = entries;
    this.#name = name;
    this.links = claims.links;
    this.findings = [...claims.findings];
    this.#enabling = new Set(claims.links.map(link => link.path));
  }

  placeClaim({ from, to, kind }: AssetClaim): void {
    if (this.placements.has(from)) return;
    const because = `the manifest lists it under "${kind}"`;
    const natural = treePlace(from, this.#name);
    const staysPut = kind === 'bin' && natural.to === from && natural.to !== to;
    if (staysPut) {
      // A program outside usr/bin may find its own files relative to itself, so it stays and is linked, as Torcx did.
      this.#place(from, { to: from, because: `${because}; linked from ${to}` });
      this.binLinks.push({ path: to, target: posix.relative(posix.dirname(to), from) });
      this.#take(to, from);
    } else {
      this.#place(from, { to, because });
    }
    if (kind === 'bin') this.#bins.set(baseName(to), `/${to}`);
  }

  placeByTree(entry: Entry): void {
    const { path } = entry;
    if (this.placements.has(path)) return;
    const place = this.#specialPlace(entry) ?? treePlace(path, this.#name);
    if (place.to === null || entry.kind === 'directory') {
      this.placements.set(path, place);
      return;
    }
    const { to } = place;
    const holder = this.#holder(to);
    if (holder === undefined) {
      this.#place(path, { ...place, to });
      return;
    }
    if (entry.kind === 'symlink' && resolveInImage(this.#entries, path) === holder) {
      this.placements.set(path, {
        to: null,
        because: `it is a link to ${holder}, which is /${to} now`,
      });
      return;
    }
    this.#place(path, { to: this.#privatePlace(path), because: `/${to} is ${holder}` });
  }

  finalPath(path: string): string | undefined {
    const resolved = resolveInImage(this.#entries, path);
    const named = this.#entries.has(path) ? path : resolved;
    const entry = named === undefined ? undefined : this.#entries.get(named);
    if (!entry) return undefined;
    if (entry.kind === 'directory') return this.#directoryPlace(entry.path);
    const to = this.placements.get(entry.path)?.to;
    if (to) return `/${to}`;
    return resolved !== undefined && resolved !== path ? this.finalPath(resolved) : undefined;
  }

  finalBin(name: string): string | undefined {
    return this.#bins.get(name);
  }

  /** What never goes where its place in the tree says. */
  #specialPlace(entry: Entry): Placement | undefined {
    const { path, kind } = entry;
    if (kind === 'char-device' || kind === 'block-device' || kind === 'fifo' || kind === 'socket') {
      this.findings.push(
        finding('TX611', {
          path,
          message: `a ${kind} cannot be part of an extension and is left out`,
        }),
      );
      return { to: null, because: `a ${kind} cannot be part of an extension` };
    }
    if (this.#enabling.has(path)) {
      return { to: null, because: 'replaced by an Upholds= drop-in, which works after boot too' };
    }
    const { to } = treePlace(path, this.#name);
    if (to === null) return undefined;
    const idle = kind === 'directory' ? undefined : enablementLink(path, to);
    if (idle) {
      this.idleLinks.push(idle);
      return {
        to: null,
        because: 'the manifest does not list its directory: Torcx never made this link',
      };
    }
    if (/^usr\/lib\/modules\/[^/]+\/modules\.[^/]+$/.test(to)) return this.#moduleIndex(path);
    if (kind !== 'directory' && isHostDirectory(to)) return this.#hostDirectory(entry, to);
    return undefined;
  }

  /** depmod's files list all modules of a kernel; the image's would hide those of the host's own modules. */
  #moduleIndex(path: string): Placement {
    this.findings.push(
      finding('TX616', {
        path,
        message: "would replace the host's index of its own modules and is left out",
      }),
    );
    return { to: null, because: "it would replace the host's index of its own kernel modules" };
  }

  #hostDirectory({ path, kind }: Entry, to: string): Placement {
    const target = resolveInImage(this.#entries, path);
    const sameThere = target !== undefined && treePlace(target, this.#name).to === to;
    if (sameThere) return { to: null, because: `the host has this link itself` };
    this.findings.push(
      finding('TX611', {
        path,
        severity: 'warning',
        message: `a ${kind} at /${to} would replace the host's directory and is left out`,
      }),
    );
    return { to: null, because: `it would replace the host's directory /${to}` };
  }

  #place(from: string, placement: TreePlace & { readonly to: string }): void {
    this.placements.set(from, placement);
    this.#take(placement.to, from);
  }

  #take(to: string, from: string): void {
    this.#taken.set(to, from);
    for (const parent of parentsOf(to)) this.#parents.add(parent);
  }

  /** The entry that is in the way of a file at `to`: at the same path, above it or below it. */
  #holder(to: string): string | undefined {
    const above = parentsOf(to).find(parent => this.#taken.has(parent));
    const below = this.#parents.has(to) ? to : undefined;
    return this.#taken.get(to) ?? (above && this.#taken.get(above)) ?? below;
  }

  /** A place that nobody else wants. */
  #privatePlace(path: string): string {
    const wanted = `usr/lib/${this.#name}/${path}`;
    let to = wanted;
    for (let n = 2; this.#holder(to) !== undefined; n += 1) to = `${wanted}.${n}`;
    return to;
  }

  /** Asked for again with each reference; called only when everything has its place. */
  #directoryPlace(directory: string): string | undefined {
    const known = this.#directories.get(directory);
    if (known !== undefined) return known ?? undefined;
    const place = this.#wholeDirectory(directory);
    this.#directories.set(directory, place ?? null);
    return place;
  }

  /** A directory has one new path only if everything in it went there with it. */
  #wholeDirectory(directory: string): string | undefined {
    const { to } = treePlace(directory, this.#name);
    if (to === null) return undefined;
    for (const [from, placement] of this.placements) {
      if (!from.startsWith(`${directory}/`) || this.#entries.get(from)?.kind === 'directory')
        continue;
      const together = placement.to === `${to}${from.slice(directory.length)}`;
      if (placement.to !== null && !together) return undefined;
    }
    return `/${to}`;
  }
}
