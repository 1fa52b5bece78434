import type { Entry } from '../analyze/entry.ts';
import { type Finding, finding } from '../finding.ts';

/** Mode and attributes that a file has in an extension, and what of that the user should know. */
export interface FilePolicy {
  readonly mode: number;
  readonly xattrs: ReadonlyMap<string, Uint8Array>;
  readonly findings: readonly Finding[];
}

const SETUID = 0o4000;
const SETGID = 0o2000;

/**
 * Everything in an extension belongs to root. systemd wants its own files 0644 (it warns of other modes), directories
 * are 0755 because the topmost extension's mode replaces that of the host's directory.
 * @param isUnit the file is read by systemd or one of its tools
 */
export function filePolicy(
  entry: Entry,
  { isUnit, keepSelinux }: { readonly isUnit: boolean; readonly keepSelinux: boolean },
): FilePolicy {
  const { xattrs, dropped } = keptAttributes(entry, keepSelinux);
  const findings: Finding[] = [];
  if (dropped.length > 0) {
    findings.push(
      finding('TX605', {
        path: entry.path,
        message: `extended attributes that an extension must not carry are left out: ${dropped.join(', ')}`,
      }),
    );
  }
  if (entry.kind === 'directory') return { mode: 0o755, xattrs, findings };
  if (entry.kind === 'symlink') return { mode: 0o777, xattrs, findings };
  if (isUnit) return { mode: 0o644, xattrs, findings };
  const { mode, lost } = safeMode(entry);
  if (lost) findings.push(lost);
  else if (
    entry.kind === 'file' &&
    (mode & (SETUID | SETGID) || xattrs.has('security.capability'))
  ) {
    const what = mode & SETUID ? 'setuid' : mode & SETGID ? 'setgid' : 'file capabilities';
    findings.push(
      finding('TX605', {
        path: entry.path,
        message: `runs with more rights than its caller (${what}); kept`,
      }),
    );
  }
  return { mode, xattrs, findings };
}

/** A setuid bit of another owner would become root's when the file does: nobody meant to grant that. */
function safeMode({ path, mode, uid, gid }: Entry): { mode: number; lost?: Finding } {
  const foreign = (uid === 0 ? 0 : mode & SETUID) | (gid === 0 ? 0 : mode & SETGID);
  if (foreign === 0) return { mode };
  const what = foreign & SETUID ? `setuid as uid ${uid}` : `setgid as gid ${gid}`;
  return {
    mode: mode & ~foreign,
    lost: finding('TX605', {
      path,
      severity: 'warning',
      message: `was ${what}; everything in an extension belongs to root, so the bit is removed`,
    }),
  };
}

/**
 * Only what changes how a program runs is kept. `trusted.overlay.*` would hide host files, SELinux labels are those of
 * the machine that packed the archive, signatures and ACLs are bound to it as well.
 */
function keptAttributes({ xattrs }: Entry, keepSelinux: boolean) {
  if (xattrs.size === 0) return { xattrs, dropped: [] };
  const kept = new Map<string, Uint8Array>();
  const dropped: string[] = [];
  for (const [name, value] of xattrs) {
    if (name === 'security.capability' || (keepSelinux && name === 'security.selinux'))
      kept.set(name, value);
    else if (name !== 'security.selinux') dropped.push(name);
  }
  return { xattrs: kept, dropped };
}
