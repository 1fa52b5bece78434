import type { Entry } from '../analyze/entry.ts';
import { type Finding, finding } from '../finding.ts';
import { groupBy } from '../group-by.ts';
import type { Placement } from './path-map.ts';

/**
 * Of what systemd-tmpfiles puts outside /usr: what root owns from now on (TX604). Numbers of users mean nothing on a
 * host that may have given them to others, so that none of them gets anything.
 * @param settled absolute paths whose owners the image's own tmpfiles.d settings know
 */
export function ownerFindings(
  entries: ReadonlyMap<string, Entry>,
  placements: ReadonlyMap<string, Placement>,
  settled: ReadonlySet<string>,
): Finding[] {
  const all = [...entries.values()];
  const copied = all.filter(
    ({ kind, path }) =>
      kind !== 'symlink' &&
      placements.get(path)?.copiedTo !== undefined &&
      !settled.has(`/${path}`),
  );
  const foreign = copied.filter(({ uid, gid }) => uid !== 0 || gid !== 0);
  const [packer, ...others] = new Set(all.filter(({ kind }) => kind !== 'directory').map(ownerOf));
  return [...groupBy(foreign, ownerOf)].flatMap(([owner, owned]) => {
    const [first] = owned;
    // Whoever packed the archive owned all of it, and meant nothing by that.
    const isPacker = others.length === 0 && (packer ?? owner) === owner;
    if (!first || isPacker) return [];
    const isClosed = owned.some(({ mode, kind }) => kind === 'directory' || (mode & 0o004) === 0);
    const [uid = '', gid = ''] = owner.split(':');
    const more = owned.length > 1 ? ` and ${owned.length - 1} more` : '';
    return [
      finding('TX604', {
        path: first.path,
        severity: isClosed ? 'warning' : 'info',
        message: `/${first.path}${more} belonged to user ${uid}, group ${gid} in the image; on the host root owns what systemd-tmpfiles puts in place`,
        fix: {
          safety: 'manual',
          description: `on the node, 'z /${first.path} - USER GROUP -' in /etc/tmpfiles.d gives it to a user by name`,
        },
      }),
    ];
  });
}

function ownerOf({ uid, gid }: Entry): string {
  return `${uid}:${gid}`;
}
