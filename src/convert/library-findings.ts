import { posix } from 'node:path';
import type { ElfFacts } from '../analyze/elf.ts';
import { type Finding, finding } from '../finding.ts';

/** Where a program was and is, and what it says of itself. */
export interface PlacedElf {
  /** Path in the archive. */
  readonly from: string;
  /** Path in the extension. */
  readonly to: string;
  readonly elf: ElfFacts;
}

/** The trees before and after the move: whether there is a file at a path. */
export interface Trees {
  hasBefore(path: string): boolean;
  hasAfter(path: string): boolean;
}

/**
 * Libraries of Flatcar's base image whose names have not changed since Torcx was introduced: glibc's, GCC's run-time
 * and those that systemd itself is linked to.
 */
const BASE_LIBRARIES =
  /^(ld-linux[\w-]*|libanl|libc|libcrypt|libdl|libm|libmvec|libnsl|libnss_\w+|libpthread|libresolv|librt|libthread_db|libutil|libgcc_s|libstdc\+\+|libblkid|libcap|libcryptsetup|libdevmapper|libkmod|liblz4|liblzma|libmount|libpcre2-8|libseccomp|libselinux|libsystemd|libudev|libuuid|libz|libzstd)(\.so|-[\d.]+\.so)/;

/** Where the dynamic loader looks on its own. */
const DEFAULT_DIRECTORIES = ['lib64', 'usr/lib64', 'lib', 'usr/lib'];

/**
 * What of the programs depends on the host's libraries or on where they lay: an update of the host replaces the first
 * (TX601, TX602), the move to /usr breaks the second (TX603).
 */
export function libraryFindings(elfs: readonly PlacedElf[], trees: Trees): Finding[] {
  return elfs.flatMap(placed => [
    ...searchPathFindings(placed, trees),
    ...neededFindings(placed, trees),
  ]);
}

function neededFindings(placed: PlacedElf, trees: Trees): Finding[] {
  const { from, elf } = placed;
  if (!elf.dynamic) return [];
  const elsewhere = elf.needed.filter(library => !isInExtension(library, placed, trees));
  const unknown = elsewhere.filter(library => !BASE_LIBRARIES.test(library));
  const findings = unknown.map(library =>
    finding('TX602', {
      path: from,
      message: `needs ${library}, which neither the image nor Flatcar's base is known to have`,
    }),
  );
  const fromHost = [...elsewhere.filter(library => !unknown.includes(library))];
  if (fromHost.length === 0 && elf.interpreter === null) return findings;
  const what = fromHost.length > 0 ? fromHost.join(', ') : elf.interpreter;
  findings.unshift(
    finding('TX601', {
      path: from,
      message: `is linked dynamically against the host's ${what}; a static program would not depend on the host's release`,
    }),
  );
  return findings;
}

function searchPathFindings({ from, to, elf }: PlacedElf, trees: Trees): Finding[] {
  const entries = [...new Set([...elf.rpath, ...elf.runpath])];
  return entries.flatMap(entry => {
    if (/^\/(var\/)?run\/torcx(\/|$)/.test(entry)) {
      return [
        finding('TX603', {
          path: from,
          message: `looks for libraries in ${entry}, which does not exist any more`,
        }),
      ];
    }
    const before = originPath(entry, from);
    const after = originPath(entry, to);
    if (before === undefined || after === undefined) return [];
    const lost = elf.needed.filter(
      library => trees.hasBefore(`${before}/${library}`) && !trees.hasAfter(`${after}/${library}`),
    );
    return lost.map(library =>
      finding('TX603', {
        path: from,
        message: `found ${library} by its search path ${entry}; from /${to} that leads to /${after}, where it is not`,
      }),
    );
  });
}

function isInExtension(library: string, { to, elf }: PlacedElf, trees: Trees): boolean {
  if (library.includes('/')) return trees.hasAfter(library.replace(/^\/+/, ''));
  const searched = [...elf.rpath, ...elf.runpath].flatMap(
    entry =>
      originPath(entry, to) ?? (entry.startsWith('/') ? [entry.replace(/^\/+|\/+$/g, '')] : []),
  );
  return [...searched, ...DEFAULT_DIRECTORIES].some(directory =>
    trees.hasAfter(`${directory}/${library}`),
  );
}

/** The directory that a search path entry with `$ORIGIN` means for a program at `path`; undefined without one. */
function originPath(entry: string, path: string): string | undefined {
  if (!/\$(ORIGIN|\{ORIGIN\})/.test(entry)) return undefined;
  const replaced = entry.replaceAll(/\$(ORIGIN|\{ORIGIN\})/g, `/${posix.dirname(path)}`);
  return posix.normalize(replaced).replace(/^\/+|\/+$/g, '');
}
