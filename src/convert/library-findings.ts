import { type Finding, finding } from '../finding.ts';
import { libraryOrigin, lostLibraries, type PlacedElf } from './library-origin.ts';
import type { Trees } from './trees.ts';

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
  const broughtBy = (wanted: 'host' | 'unknown') =>
    elf.needed.filter(library => libraryOrigin(library, placed, trees).by === wanted);
  const findings = broughtBy('unknown').map(library =>
    finding('TX602', {
      path: from,
      message: `needs ${library}, which neither the image nor Flatcar's base is known to have`,
    }),
  );
  const fromHost = broughtBy('host');
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

function searchPathFindings(placed: PlacedElf, trees: Trees): Finding[] {
  const { from, to, elf } = placed;
  const report = (message: string) => finding('TX603', { path: from, message });
  const intoTorcx = [...new Set([...elf.rpath, ...elf.runpath])].filter(entry =>
    /^\/(var\/)?run\/torcx(\/|$)/.test(entry),
  );
  return [
    ...intoTorcx.map(entry =>
      report(`looks for libraries in ${entry}, which does not exist any more`),
    ),
    ...lostLibraries(placed, trees).flatMap(({ entry, after, libraries }) =>
      libraries.map(library =>
        report(
          `found ${library} by its search path ${entry}; from /${to} that leads to /${after}, where it is not`,
        ),
      ),
    ),
  ];
}
