/** The start of a file's content, as it is shown beside the list. */
export type Preview =
  /** `isCut`: the file goes on. */
  | { readonly kind: 'text'; readonly text: string; readonly isCut: boolean }
  | { readonly kind: 'binary'; readonly bytes: Uint8Array; readonly isCut: boolean }
  /** What has no content: a directory, a link, a device. */
  | { readonly kind: 'none' };
