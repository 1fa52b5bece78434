import type { Entry } from '../analyze/entry.ts';
import { type Finding, finding } from '../finding.ts';
import type { PathMap } from './path-map.ts';

/** Directories below /usr whose files the host acts upon, whoever puts them there. */
const EFFECTIVE = [
  /^usr\/lib\/(?:binfmt|environment|modprobe|modules-load|sysctl|sysusers|tmpfiles|udev\/(?:rules|hwdb))\.d\//,
  /^usr\/lib\/systemd\/(?:network|user|(?:system|user)-(?:preset|generators|environment-generators)|system-(?:shutdown|sleep)|\w+\.conf\.d)\//,
  /^usr\/lib\/systemd\/system\/[^/]+\.d\//,
  /^usr\/share\/(?:dbus-1\/(?:system-services|system\.d)|polkit-1\/rules\.d)\//,
];

/**
 * Files that nobody read under Torcx, since the manifest does not list them, and that take effect on the host where they
 * are now (TX622).
 */
export function newlyEffective(
  entries: ReadonlyMap<string, Entry>,
  { placements, isListed }: Pick<PathMap, 'placements' | 'isListed'>,
): Finding[] {
  const files = [...entries.values()].flatMap(({ path, kind }) => {
    const to = kind === 'directory' ? undefined : placements.get(path)?.to;
    const isEffective = to && !isListed(path) && EFFECTIVE.some(pattern => pattern.test(to));
    return isEffective ? [path] : [];
  });
  const [first] = files;
  if (first === undefined) return [];
  const more = files.length > MOST_NAMED ? ` and ${files.length - MOST_NAMED} more` : '';
  const names = `${files.slice(0, MOST_NAMED).join(', ')}${more}`;
  return [
    finding('TX622', {
      path: first,
      message: `the host acts upon what an extension has there, and nothing did so under Torcx, since the manifest does not list it: ${names}`,
      fix: { safety: 'manual', description: '--drop leaves out what the host should not have' },
    }),
  ];
}

/** Of a package's files, so that the finding stays one that is read. */
const MOST_NAMED = 12;
