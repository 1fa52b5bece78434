import type { Entry } from '../analyze/entry.ts';
import { isHostDirectory } from '../builder/sysext-rules.ts';
import { type Finding, finding } from '../finding.ts';
import { type EnablementLink, enablementLink } from './asset-claims.ts';
import { resolveInImage } from './image-links.ts';
import { treePlace } from './tree-place.ts';

/** Why an entry is not in the extension although its place in the tree would be. */
export interface SpecialPlace {
  readonly because: string;
  readonly finding?: Finding;
  /** A link that nobody followed. */
  readonly idle?: EnablementLink;
  /** Where it can be all the same when the user asks for it: nowhere, where it would be, or where nobody looks. */
  readonly onRequest: 'nowhere' | 'in-place' | 'aside';
}

export interface SpecialPlaceScope {
  readonly entries: ReadonlyMap<string, Entry>;
  /** Of the extension. */
  readonly name: string;
  /** Links that units were started by. */
  readonly enabling: ReadonlySet<string>;
  /** Links that started a unit which the user leaves out, and that unit. */
  readonly orphaned: ReadonlyMap<string, string>;
}

/** What never goes where its place in the tree says. */
export function specialPlace(entry: Entry, scope: SpecialPlaceScope): SpecialPlace | undefined {
  const { path, kind } = entry;
  if (kind === 'char-device' || kind === 'block-device' || kind === 'fifo' || kind === 'socket') {
    const because = `a ${kind} cannot be part of an extension`;
    return { because, onRequest: 'nowhere', finding: leftOut(path, because) };
  }
  if (scope.enabling.has(path)) {
    const because = 'replaced by an Upholds= drop-in, which works after boot too';
    return { because, onRequest: 'in-place' };
  }
  const orphan = scope.orphaned.get(path);
  if (orphan !== undefined) {
    return { because: `it starts ${orphan}, which is left out on request`, onRequest: 'in-place' };
  }
  const { to } = treePlace(path, scope.name);
  if (to === null || kind === 'directory') return undefined;
  const idle = enablementLink(path, to);
  if (idle) {
    const because = 'the manifest does not list its directory: Torcx never made this link';
    return { because, idle, onRequest: 'in-place' };
  }
  if (/^usr\/lib\/modules\/[^/]+\/modules\.[^/]+$/.test(to)) return moduleIndex(path);
  return isHostDirectory(to) ? hostDirectory(entry, to, scope) : undefined;
}

function leftOut(path: string, because: string): Finding {
  return finding('TX611', { path, message: `${because} and is left out` });
}

/** depmod's files list all modules of a kernel; the image's would hide those of the host's own modules. */
function moduleIndex(path: string): SpecialPlace {
  return {
    because: "it would replace the host's index of its own kernel modules",
    onRequest: 'aside',
    finding: finding('TX616', {
      path,
      message: "would replace the host's index of its own modules and is left out",
    }),
  };
}

function hostDirectory(
  { path, kind }: Entry,
  to: string,
  { entries, name }: SpecialPlaceScope,
): SpecialPlace {
  const target = resolveInImage(entries, path);
  const sameThere = target !== undefined && treePlace(target, name).to === to;
  if (sameThere) return { because: 'the host has this link itself', onRequest: 'nowhere' };
  const because = `it would replace the host's directory /${to}`;
  return {
    because,
    onRequest: 'nowhere',
    finding: finding('TX611', {
      path,
      severity: 'warning',
      message: `a ${kind} at /${to} would replace the host's directory and is left out`,
    }),
  };
}
