/**
 * Characters that act on a terminal or hide in a text instead of being seen: controls (escape sequences, carriage
 * returns that overwrite a line), bidirectional overrides (a name that reads backwards), invisible format characters
 * and lone surrogates. The format characters are listed, not asked for by property: newer Unicode versions add some,
 * and every runtime must escape the same ones.
 */
export const UNSAFE_CHARACTERS =
  /[\p{Cc}\p{Cs}\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
