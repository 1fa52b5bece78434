/** Where an image is written: it grows at its end, and its beginning is filled in when all is known. */
export interface ImageSink {
  /** Bytes appended so far. */
  readonly size: number;
  /** The chunks may be reused as soon as the promise resolves. Never called before the last call has resolved. */
  append(chunks: readonly Uint8Array[]): Promise<void>;
  /** Overwrites bytes that were appended before. */
  patch(offset: number, bytes: Uint8Array): Promise<void>;
}
