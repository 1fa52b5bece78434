import type { ExtensionRelease } from '../extension-releases.ts';

/** One entry of a tree that is audited. Links are not followed. */
export type AuditEntry = AuditPlace &
  (
    | ({ readonly kind: 'file'; readonly bytes: Uint8Array; readonly mode: number } & ImageFacts)
    | ({
        readonly kind: 'symlink';
        readonly target: string;
        readonly exists: boolean;
      } & ImageFacts)
    | { readonly kind: 'directory' }
    | { readonly kind: 'skipped'; readonly reason: string }
    | { readonly kind: 'unreadable'; readonly reason: string }
  );

/** What is in the image of an extension; absent for every other file, and where nobody could look. */
interface ImageFacts {
  readonly extensionReleases?: readonly ExtensionRelease[];
}

export interface AuditPlace {
  /** As shown to the user: the root as given, then what follows. */
  readonly path: string;
  /** As a running node has it: `/etc/systemd/system/docker.service`. */
  readonly nodePath: string;
  /** As a command on this machine has to name it. */
  readonly diskPath: string;
  /** The node's root directory on this machine; empty for the machine itself. A tree may hold several nodes. */
  readonly nodeRoot: string;
}
