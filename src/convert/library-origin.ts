import { posix } from 'node:path';
import type { ElfFacts } from '../analyze/elf.ts';
import { findTorcxReferences } from '../analyze/torcx-reference.ts';
import { mergedPath } from './merged-path.ts';
import type { Trees } from './trees.ts';

/** Where a program was and is, and what it says of itself. */
export interface PlacedElf {
  /** Path in the archive. */
  readonly from: string;
  /** Path in the extension. */
  readonly to: string;
  readonly elf: ElfFacts;
}

/** Who brings something that a program needs. `unknown`: neither the image nor, as far as is known, Flatcar's base. */
export interface Origin {
  readonly by: 'image' | 'host' | 'unknown';
  /** In the extension; null unless the image brings it. */
  readonly path: string | null;
}

/** An entry of DT_RPATH or DT_RUNPATH and what it leads to. */
export interface SearchPath {
  readonly kind: 'rpath' | 'runpath';
  /** As the program has it, `$ORIGIN` unresolved. */
  readonly entry: string;
  readonly before: SearchPlace;
  readonly after: SearchPlace;
}

/** `host`: an absolute directory that the image does not bring. */
export interface SearchPlace {
  /** Without a leading slash, in the image or in the extension; null when it is neither's. */
  readonly path: string | null;
  readonly found: 'image' | 'host' | 'nowhere';
}

/**
 * Libraries of Flatcar's base image whose names have not changed since Torcx was introduced: glibc's, GCC's run-time
 * and those that systemd itself is linked to.
 */
const BASE_LIBRARIES =
  /^(ld-linux[\w-]*|libanl|libc|libcrypt|libdl|libm|libmvec|libnsl|libnss_\w+|libpthread|libresolv|librt|libthread_db|libutil|libgcc_s|libstdc\+\+|libblkid|libcap|libcryptsetup|libdevmapper|libkmod|liblz4|liblzma|libmount|libpcre2-8|libseccomp|libselinux|libsystemd|libudev|libuuid|libz|libzstd)(\.so|-[\d.]+\.so)/;

/** Where the dynamic loader looks on its own. */
const DEFAULT_DIRECTORIES = ['usr/lib64', 'usr/lib'];

/** Decides who brings the library of a DT_NEEDED entry. */
export function libraryOrigin(library: string, { to, elf }: PlacedElf, trees: Trees): Origin {
  const candidates = library.includes('/')
    ? [mergedPath(library)]
    : [...searchedDirectories(to, elf), ...DEFAULT_DIRECTORIES].map(
        directory => `${directory}/${library}`,
      );
  return originOf(candidates, library, trees);
}

/** Decides who brings the dynamic loader, which a program names by its absolute path. */
export function interpreterOrigin(interpreter: string, trees: Trees): Origin {
  return originOf([mergedPath(interpreter)], posix.basename(interpreter), trees);
}

/**
 * Where a program looks for libraries, before and after the move.
 * @param imageName Torcx's name of the image, as in `/run/torcx/unpack/NAME`
 */
export function searchPaths(placed: PlacedElf, trees: Trees, imageName: string): SearchPath[] {
  const { from, to, elf } = placed;
  const entries = [
    ...elf.rpath.map(entry => ({ kind: 'rpath' as const, entry })),
    ...elf.runpath.map(entry => ({ kind: 'runpath' as const, entry })),
  ];
  return entries.map(({ kind, entry }) => ({
    kind,
    entry,
    before: placeBefore(entry, { from, trees, imageName }),
    after: placeAfter(entry, to, trees),
  }));
}

/** The directory that a search path entry with `$ORIGIN` means for a program at `path`; undefined without one. */
function originPath(entry: string, path: string): string | undefined {
  if (!/\$(ORIGIN|\{ORIGIN\})/.test(entry)) return undefined;
  const replaced = entry.replaceAll(/\$(ORIGIN|\{ORIGIN\})/g, `/${posix.dirname(path)}`);
  return posix.normalize(replaced).replace(/^\/+|\/+$/g, '');
}

/** A search path with `$ORIGIN`, without leading slashes, and the libraries that it does not lead to any more. */
export interface LostLibraries {
  readonly entry: string;
  readonly before: string;
  readonly after: string;
  readonly libraries: readonly string[];
}

/** What a program found relative to itself and does not find from where it is now. */
export function lostLibraries({ from, to, elf }: PlacedElf, trees: Trees): LostLibraries[] {
  const entries = [...new Set([...elf.rpath, ...elf.runpath])];
  return entries.flatMap(entry => {
    const before = originPath(entry, from);
    const after = originPath(entry, to);
    if (before === undefined || after === undefined) return [];
    const libraries = elf.needed.filter(
      library => trees.hasBefore(`${before}/${library}`) && !trees.hasAfter(`${after}/${library}`),
    );
    return libraries.length > 0 ? [{ entry, before, after, libraries }] : [];
  });
}

function originOf(candidates: readonly string[], library: string, trees: Trees): Origin {
  const path = candidates.find(candidate => trees.hasAfter(candidate));
  if (path !== undefined) return { by: 'image', path };
  return { by: BASE_LIBRARIES.test(posix.basename(library)) ? 'host' : 'unknown', path: null };
}

function searchedDirectories(to: string, elf: ElfFacts): string[] {
  return [...elf.rpath, ...elf.runpath].flatMap(
    entry => originPath(entry, to) ?? (entry.startsWith('/') ? [mergedPath(entry)] : []),
  );
}

function placeBefore(
  entry: string,
  { from, trees, imageName }: { from: string; trees: Trees; imageName: string },
): SearchPlace {
  const relative = originPath(entry, from) ?? unpackedPath(entry, imageName);
  if (relative !== undefined) return placeIn(relative, path => trees.hasBefore(path));
  if (isTorcxPath(entry) || !entry.startsWith('/')) return NOWHERE;
  return { path: null, found: 'host' };
}

function placeAfter(entry: string, to: string, trees: Trees): SearchPlace {
  if (isTorcxPath(entry)) return NOWHERE;
  const relative = originPath(entry, to);
  const path = relative ?? (entry.startsWith('/') ? mergedPath(entry) : undefined);
  if (path === undefined) return NOWHERE;
  const place = placeIn(path, candidate => trees.hasAfter(candidate));
  const isHosts = relative === undefined || DEFAULT_DIRECTORIES.includes(path);
  return place.found === 'nowhere' && isHosts ? { path: null, found: 'host' } : place;
}

const NOWHERE: SearchPlace = { path: null, found: 'nowhere' };

function placeIn(path: string, has: (path: string) => boolean): SearchPlace {
  return has(path) ? { path, found: 'image' } : NOWHERE;
}

function isTorcxPath(entry: string): boolean {
  return findTorcxReferences(entry).length > 0;
}

/** The directory in the image that a path below Torcx's unpack directory meant. */
function unpackedPath(entry: string, imageName: string): string | undefined {
  const [reference] = findTorcxReferences(entry);
  if (reference?.meaning.kind !== 'unpack' || reference.meaning.image !== imageName)
    return undefined;
  return reference.meaning.path;
}
