import type { Entry } from '../analyze/entry.ts';
import { type Finding, finding } from '../finding.ts';
import type { Placement } from './path-map.ts';
import { treePlace } from './tree-place.ts';

/** Of each top-level directory that an extension cannot have: where its content went (TX604). */
export function outsideFindings(
  entries: ReadonlyMap<string, Entry>,
  placements: ReadonlyMap<string, Placement>,
  name: string,
): Finding[] {
  const counts = new Map<string, { copied: number; kept: number }>();
  for (const { path, kind } of entries.values()) {
    const placement = placements.get(path);
    if (kind === 'directory' || !placement?.to) continue;
    const isCopied = placement.copiedTo !== undefined;
    const isOutside = isCopied || isKeptOutside(path, placement.to, name);
    if (!isOutside) continue;
    const [top = ''] = path.split('/');
    const count = counts.get(top) ?? { copied: 0, kept: 0 };
    counts.set(top, {
      copied: count.copied + (isCopied ? 1 : 0),
      kept: count.kept + (isCopied ? 0 : 1),
    });
  }
  return [...counts].flatMap(([top, { copied, kept }]) => [
    ...(copied > 0 ? [copiedFinding(top, copied, name)] : []),
    ...(kept > 0
      ? [keptFinding(top, kept, { name, isFile: entries.get(top)?.kind !== 'directory' })]
      : []),
  ]);
}

/** Not for a file that is there only because another one has its place. */
function isKeptOutside(path: string, to: string, name: string): boolean {
  return to === `usr/lib/${name}/${path}` && treePlace(path, name).to === to;
}

function copiedFinding(top: string, count: number, name: string): Finding {
  return finding('TX604', {
    path: top,
    severity: 'info',
    message: `${counted(count)} below /${top}, which an extension cannot have: systemd-tmpfiles copies ${count === 1 ? 'it' : 'them'} there at boot from /usr/share/${name}/${top}, and leaves alone what is there already`,
  });
}

function keptFinding(
  top: string,
  count: number,
  { name, isFile }: { readonly name: string; readonly isFile: boolean },
): Finding {
  if (isFile) {
    return finding('TX604', {
      path: top,
      severity: 'info',
      message: `is neither in /usr nor in /opt: now /usr/lib/${name}/${top}, where references by Torcx's paths lead as well`,
    });
  }
  return finding('TX604', {
    path: top,
    severity: 'info',
    message: `${counted(count)} below /${top}, which is neither in /usr nor in /opt: now below /usr/lib/${name}/${top}, where references by Torcx's paths lead as well`,
  });
}

function counted(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}
