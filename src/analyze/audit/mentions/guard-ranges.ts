export interface Range {
  readonly start: number;
  readonly end: number;
}

/** What a text says about the parts of itself that need something of Torcx. */
export interface GuardRanges {
  /** What is only looked for. */
  readonly asked?: readonly Range[];
  /** What is looked for, and something fails where it is not there. */
  readonly required?: readonly Range[];
  /** What is asked, and answered on a node without Torcx as its author wants it. */
  readonly settled?: readonly Range[];
  /** What is done only where Torcx is. */
  readonly guarded?: readonly Range[];
  /** Commands that may fail. */
  readonly forgiven?: readonly Range[];
}
