/** Gives the next `length` bytes of a table of records, across the blocks that hold them. */
export type TakeBytes = (length: number) => Promise<Uint8Array>;
