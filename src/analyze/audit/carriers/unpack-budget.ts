/** How much the compressed texts of one file may still unpack to; they may hold others, which hold others. */
export interface UnpackBudget {
  /** Bytes. */
  left: number;
  /** Something was left packed. */
  isExceeded: boolean;
}

/** A gzip bomb in a configuration file, or a hundred of them, must not fill the memory. */
export const MOST_UNPACKED = 16 << 20;

export function unpackBudget(): UnpackBudget {
  return { left: MOST_UNPACKED, isExceeded: false };
}
