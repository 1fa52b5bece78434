import type { Entry } from '../analyze/entry.ts';

/** What happens to one entry of the archive, or what is made for the extension alone. */
export type Step = CopyStep | RewriteStep | CreateStep | DropStep;

interface Placed {
  /** Path in the extension. */
  readonly to: string;
  readonly mode: number;
  readonly xattrs: ReadonlyMap<string, Uint8Array>;
  readonly because: string;
}

/** The entry as it is; a link may point elsewhere than before. */
export interface CopyStep extends Placed {
  readonly do: 'copy';
  readonly entry: Entry;
  /** New target of a symbolic link that moved, or path in the extension of the other name of a hard link. */
  readonly target?: string;
}

/** The entry with another text. */
export interface RewriteStep extends Placed {
  readonly do: 'rewrite';
  readonly entry: Entry;
  readonly text: string;
}

/** A file or link that the archive does not have. */
export interface CreateStep {
  readonly do: 'create';
  readonly to: string;
  readonly because: string;
  readonly made: { readonly text: string } | { readonly target: string };
}

export interface DropStep {
  readonly do: 'drop';
  readonly entry: Entry;
  readonly because: string;
}
