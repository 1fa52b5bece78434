import type { Content } from './content.ts';

/** One name in a file system, in an archive or in an image. Text is as in path-text.ts. */
export type FileNode = FileNodeMeta & FileNodeKind;

export interface FileNodeMeta {
  /** `usr/bin/docker`: no leading or trailing slash. */
  readonly path: string;
  /** Permission bits with setuid, setgid and sticky: 0…0o7777. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since the epoch, 0…2^32−1. */
  readonly mtime: number;
  /** Full names (`security.capability`) to raw values. */
  readonly xattrs: ReadonlyMap<string, Uint8Array>;
}

/**
 * A regular file. Written out, since most nodes are files, and Node.js 20 takes fifty times as long for an object that
 * begins as a spread of another.
 */
export function fileNode(
  { path, mode, uid, gid, mtime, xattrs }: FileNodeMeta,
  content: Content,
): FileNodeMeta & { readonly kind: 'file'; readonly content: Content } {
  return { path, mode, uid, gid, mtime, xattrs, kind: 'file', content };
}

/** A directory that only the path of something in it tells of. */
export function impliedDirectory(path: string): FileNodeMeta & { readonly kind: 'directory' } {
  return { path, kind: 'directory', mode: 0o755, uid: 0, gid: 0, mtime: 0, xattrs: NO_XATTRS };
}

/** Shared: of 100,000 nodes that have none each would have an empty one. */
export const NO_XATTRS: ReadonlyMap<string, Uint8Array> = new Map();

export type FileNodeKind =
  | { readonly kind: 'file'; readonly content: Content }
  | { readonly kind: 'directory' }
  | { readonly kind: 'symlink'; readonly target: string }
  /** Another name of the node at the path `target`, which is neither a directory nor a hard link itself. */
  | { readonly kind: 'hardlink'; readonly target: string }
  | {
      readonly kind: 'char-device' | 'block-device';
      readonly major: number;
      readonly minor: number;
    }
  | { readonly kind: 'fifo' }
  | { readonly kind: 'socket' };
