import type { Content } from '../content.ts';

/**
 * One entry of an archive, past the door: its path is relative, has no `.`, `..`, empty or over-long component, is
 * unique, and every parent directory has an entry of its own before it. Text is as in path-text.ts.
 */
export type Entry = EntryMeta & EntryKind;

export interface EntryMeta {
  /** `bin/docker`: no leading or trailing slash; never empty. */
  readonly path: string;
  /** Permission bits with setuid, setgid and sticky: 0…0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since the epoch. */
  readonly mtime: number;
  /** Full names (`security.capability`) to raw values. */
  readonly xattrs: ReadonlyMap<string, Uint8Array>;
}

export type EntryKind =
  | { readonly kind: 'file'; readonly content: Content }
  | { readonly kind: 'directory' }
  | { readonly kind: 'symlink'; readonly target: string }
  /** Another name of the entry at the path `target`, which exists and is neither a directory nor a hard link. */
  | { readonly kind: 'hardlink'; readonly target: string }
  | {
      readonly kind: 'char-device' | 'block-device';
      readonly major: number;
      readonly minor: number;
    }
  | { readonly kind: 'fifo' }
  | { readonly kind: 'socket' };
