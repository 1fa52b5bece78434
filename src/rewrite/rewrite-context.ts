import type { LineEdit } from './text-edit.ts';

/** What a rewriter has to know about the conversion. */
export interface RewriteContext {
  /** Torcx's name of the image, the directory below the unpack directory. */
  readonly imageName: string;
  /** The text is no part of an image, and may speak of several: the files of each are mapped alike. */
  readonly mapsAllImages?: boolean;
  /**
   * The final absolute path of a file, or of a directory whose files all stay together: `bin/x` → `/usr/bin/x`.
   * Undefined when the image doesn't have it, or when its files went to several places. `''` is the image's root.
   */
  mapPath(pathInImage: string): string | undefined;
  /** What `/run/torcx/bin/NAME` became. */
  mapBin(name: string): string | undefined;
  /** The value of a variable that is set outside of the text, for instance in the unit of a drop-in. */
  environment?(name: string): string | undefined;
}

/** A text without Torcx, as far as that is possible. */
export interface Rewrite {
  readonly text: string;
  readonly edits: readonly LineEdit[];
  readonly leftovers: readonly Leftover[];
  readonly notes: readonly RewriteNote[];
}

/** The answer for a text that has nothing of Torcx. */
export function unchanged(text: string): Rewrite {
  return { text, edits: [], leftovers: [], notes: [] };
}

/** A reference to Torcx that is still there, at its place in the rewritten text. */
export interface Leftover {
  readonly line: number;
  readonly column: number;
  readonly text: string;
  readonly reason: string;
  /** What to do by hand. */
  readonly advice: string;
  /** It stands in a comment, and so does no harm. */
  readonly inComment: boolean;
}

/** A change that should be looked at, at a line of the text as it was. */
export interface RewriteNote {
  readonly line: number;
  readonly message: string;
}
