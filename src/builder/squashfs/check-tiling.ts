export interface Extent {
  readonly start: number;
  readonly length: number;
}

/** An area of an image; `what` names it in errors. */
interface Area {
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The extents lie side by side, without a gap or an overlap, from the start of the area to its end.
 * @throws RangeError
 */
export function checkTiling(extents: readonly Extent[], { what, start, end }: Area): void {
  let at = start;
  for (const extent of [...extents].sort((a, b) => a.start - b.start)) {
    if (extent.start !== at)
      throw new RangeError(`${what}: nothing of ${at} belongs there, or twice`);
    at += extent.length;
  }
  if (at !== end) throw new RangeError(`${what}: it goes on to ${end}, but is used up to ${at}`);
}
