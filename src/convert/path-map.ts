import { posix } from 'node:path';
import type { Entry } from '../analyze/entry.ts';
import type { Manifest } from '../analyze/manifest.ts';
import type { Finding } from '../finding.ts';
import { baseName, parentsOf } from '../path-names.ts';
import { pathsBelow } from '../paths-below.ts';
import { usageError } from '../usage-error.ts';
import type { AssetClaim, EnablementLink } from './asset-claims.ts';
import { DROPPED_REASON, type EntryRequests, KEPT_REASON, NO_REQUESTS } from './entry-requests.ts';
import { resolveInImage } from './image-links.ts';
import { loopReason, twinReason } from './loop-reason.ts';
import { type SpecialPlace, type SpecialPlaceScope, specialPlace } from './special-place.ts';
import { type TreePlace, treePlace } from './tree-place.ts';
import { type WantedAssets, type WantedAssetsInput, wantedAssets } from './wanted-assets.ts';

/** Where one entry of the archive goes. */
export interface Placement {
  /** Path in the extension; null for an entry that is not in it. */
  readonly to: string | null;
  readonly because: string;
  /** Absolute path at which tmpfiles.d puts a copy. */
  readonly copiedTo?: string;
  /** Path in the extension that an entry would have, had the user not left it out: the host may have it there. */
  readonly missingAt?: string;
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
  /** Whether Torcx put the entry in place, because the manifest lists it. */
  readonly isListed: (path: string) => boolean;
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
  readonly requests?: EntryRequests;
}

/**
 * Places every entry: what the manifest says first, then by its place in the tree. Nothing is ever overwritten.
 * @throws ToolError `usage` for an entry that the user wants and that cannot be in an extension
 */
export function mapPaths({ requests = NO_REQUESTS, ...input }: PathMapInput): PathMap {
  const scope = { ...input, requests };
  const wanted = wantedAssets(scope);
  const mapper = new PathMapper(scope, wanted);
  for (const claim of wanted.claims) mapper.placeClaim(claim);
  const entries = [...input.entries.values()];
  const isDirectory = ({ kind }: Entry) => kind === 'directory';
  for (const entry of entries) if (!isDirectory(entry)) mapper.placeByTree(entry);
  // Files come first: a directory that becomes one with another is nobody's loss.
  for (const entry of entries) if (isDirectory(entry)) mapper.placeDirectory(entry);
  return mapper;
}

class PathMapper implements PathMap {
  readonly placements = new Map<string, Placement>();
  readonly binLinks: BinLink[] = [];
  readonly links: readonly EnablementLink[];
  readonly idleLinks: EnablementLink[] = [];
  readonly findings: Finding[];
  readonly isListed: (path: string) => boolean;
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #name: string;
  readonly #requests: EntryRequests;
  readonly #missing: ReadonlyMap<string, string>;
  readonly #special: SpecialPlaceScope;
  /** Destination of a non-directory to the entry that has it. */
  readonly #taken = new Map<string, string>();
  /** Every directory that a destination lies in. */
  readonly #parents = new Set<string>();
  readonly #bins = new Map<string, string>();
  readonly #directories = new Map<string, string | null>();
  /** All paths, sorted. */
  #order: readonly string[] | undefined;

  constructor({ entries, name, requests }: WantedAssetsInput, wanted: WantedAssets) {
    this.#entries = entries;
    this.#name = name;
    this.#requests = requests;
    this.#missing = wanted.missing;
    this.links = wanted.links;
    this.findings = [...wanted.findings];
    const listed = new Set(wanted.claims.map(({ from }) => from));
    this.isListed = path => listed.has(path);
    const enabling = new Set(wanted.links.map(link => link.path));
    this.#special = { entries, name, enabling, orphaned: wanted.orphaned };
  }

  placeClaim({ from, to, kind }: AssetClaim): void {
    if (this.placements.has(from)) return;
    const because = `the manifest lists it under "${kind}"`;
    if (this.#leaveOutLoop(from, to) || this.#placeTwin(from, to, because)) {
      if (kind === 'bin') this.#bins.set(baseName(to), `/${to}`);
      return;
    }
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
    if (this.#requests.isDropped(path)) {
      this.#leaveOut(path);
      return;
    }
    const place = this.#decide(entry);
    if (place.to === null) {
      this.placements.set(path, place);
      return;
    }
    const { to } = place;
    if (this.#leaveOutLoop(path, to)) return;
    const holder = this.#holder(to);
    if (holder === undefined) {
      if (!this.#placeTwin(path, to)) this.#place(path, place);
      return;
    }
    if (entry.kind === 'symlink' && resolveInImage(this.#entries, path) === holder) {
      this.#replaceLink(path, holder, to);
      return;
    }
    this.#place(path, { ...place, to: this.#privatePlace(path), because: `/${to} is ${holder}` });
  }

  placeDirectory({ path }: Entry): void {
    if (this.#requests.isDropped(path)) {
      this.#leaveOut(path);
      return;
    }
    const place = treePlace(path, this.#name);
    const file = place.to === null ? undefined : this.#fileAt(place.to);
    if (file === undefined || place.to === null) {
      this.placements.set(path, place);
      return;
    }
    const to = this.#privatePlace(path, candidate => this.#fileAt(candidate) !== undefined);
    this.placements.set(path, { to, because: `/${place.to} is ${file}` });
  }

  finalPath(path: string): string | undefined {
    const resolved = resolveInImage(this.#entries, path);
    const named = this.#entries.has(path) ? path : resolved;
    const entry = named === undefined ? undefined : this.#entries.get(named);
    if (!entry) return undefined;
    if (entry.kind === 'directory') return this.#directoryPlace(entry.path);
    const placement = this.placements.get(entry.path);
    const to = placement?.to ?? placement?.missingAt;
    if (to !== undefined) return `/${to}`;
    return resolved !== undefined && resolved !== path ? this.finalPath(resolved) : undefined;
  }

  finalBin(name: string): string | undefined {
    return this.#bins.get(name);
  }

  /**
   * `bin/x -> ../usr/bin/x` is a link from a place to itself once /bin is /usr/bin: the file has it, not the link.
   * @returns whether it is such a link
   */
  #placeTwin(from: string, to: string, listed?: string): boolean {
    if (this.#entries.get(from)?.kind !== 'symlink') return false;
    const twin = resolveInImage(this.#entries, from);
    if (twin === undefined || this.placements.has(twin) || this.#requests.isDropped(twin))
      return false;
    if (this.#entries.get(twin)?.kind === 'directory') return false;
    const natural = treePlace(twin, this.#name);
    if (natural.to !== to) return false;
    this.#place(twin, { to, because: listed ?? natural.because });
    this.#replaceLink(from, twin, to);
    return true;
  }

  /** @returns whether the entry is a link that would lead to itself */
  #leaveOutLoop(path: string, to: string): boolean {
    const because = loopReason(path, to, { entries: this.#entries, name: this.#name });
    if (because === undefined) return false;
    this.#leaveOutLink(path, because);
    return true;
  }

  #replaceLink(path: string, file: string, to: string): void {
    this.#leaveOutLink(path, twinReason(file, to));
  }

  #leaveOutLink(path: string, because: string): void {
    if (this.#requests.isKept(path)) throw cannotKeep(path, because);
    this.placements.set(path, { to: null, because });
  }

  #leaveOut(path: string): void {
    const missingAt = this.#missing.get(path);
    this.placements.set(path, {
      to: null,
      because: DROPPED_REASON,
      ...(missingAt !== undefined && { missingAt }),
    });
    const [, name] = /^usr\/bin\/([^/]+)$/.exec(missingAt ?? '') ?? [];
    if (name !== undefined) this.#bins.set(name, `/${missingAt}`);
  }

  #decide(entry: Entry): TreePlace {
    const special = specialPlace(entry, this.#special);
    const place = treePlace(entry.path, this.#name);
    if (this.#requests.isKept(entry.path)) return this.#keep(entry.path, special, place);
    if (!special) return place;
    if (special.finding) this.findings.push(special.finding);
    if (special.idle) this.idleLinks.push(special.idle);
    return { to: null, because: special.because };
  }

  /** What was asked for, at its own place where that harms nobody, or else at a private one. */
  #keep(path: string, special: SpecialPlace | undefined, place: TreePlace): TreePlace {
    if (special?.onRequest === 'nowhere') throw cannotKeep(path, special.because);
    if (!special && place.to !== null) return place;
    if (place.to !== null && special?.onRequest === 'in-place') {
      return { ...place, because: `${KEPT_REASON}; ${special.because}` };
    }
    const because = `${KEPT_REASON}, where nobody looks for it: ${special?.because ?? place.because}`;
    return { to: this.#privatePlace(path), because };
  }

  #place(from: string, placement: TreePlace & { readonly to: string }): void {
    this.placements.set(from, placement);
    this.#take(placement.to, from);
  }

  #take(to: string, from: string): void {
    this.#taken.set(to, from);
    for (const parent of parentsOf(to)) {
      if (this.#parents.has(parent)) return; // And with it all that it lies in.
      this.#parents.add(parent);
    }
  }

  /** The entry that is in the way of a file at `to`: at the same path, above it or below it. */
  #holder(to: string): string | undefined {
    return this.#fileAt(to) ?? (this.#parents.has(to) ? to : undefined);
  }

  /** The entry that makes a directory at `to` impossible: at the same path or above it. */
  #fileAt(to: string): string | undefined {
    const above = parentsOf(to).find(parent => this.#taken.has(parent));
    return this.#taken.get(to) ?? (above && this.#taken.get(above));
  }

  /** A place that nobody else wants. */
  #privatePlace(path: string, isTaken = (to: string) => this.#holder(to) !== undefined): string {
    const wanted = `usr/lib/${this.#name}/${path}`;
    let to = wanted;
    for (let n = 2; isTaken(to); n += 1) to = `${wanted}.${n}`;
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
    this.#order ??= [...this.#entries.keys()];
    for (const from of pathsBelow(this.#order, directory)) {
      const placement = this.placements.get(from);
      if (!placement || this.#entries.get(from)?.kind === 'directory') continue;
      const together = placement.to === `${to}${from.slice(directory.length)}`;
      if (placement.to !== null && !together) return undefined;
    }
    return `/${to}`;
  }
}

function cannotKeep(path: string, because: string) {
  return usageError(`'${path}' cannot be kept: ${because}`);
}
