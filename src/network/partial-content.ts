/** The range of a `206 Partial Content`, in bytes; `total` is absent when the server does not know it. */
export interface ContentRange {
  readonly start: number;
  readonly total?: number;
}

/** Undefined for an answer without a range that makes sense (RFC 9110, section 14.4). */
export function contentRange(headers: Headers): ContentRange | undefined {
  const match = /^bytes (\d{1,15})-\d{1,15}\/(\d{1,15}|\*)$/.exec(
    headers.get('content-range') ?? '',
  );
  if (!match) return undefined;
  const [, start, total] = match;
  return { start: Number(start), ...(total !== '*' && { total: Number(total) }) };
}

/**
 * What proves, in an `If-Range`, that the file is byte for byte the one that the answer was about: a strong entity tag,
 * or a time of change that is at least a second before the answer, so that it cannot have changed again within that
 * second (RFC 9110, section 8.8.2.2). Undefined when the server gave neither.
 */
export function strongValidator(headers: Headers): string | undefined {
  const tag = headers.get('etag');
  if (tag?.startsWith('"')) return tag;
  const changed = headers.get('last-modified');
  const answered = headers.get('date');
  if (changed === null || answered === null) return undefined;
  return Date.parse(answered) - Date.parse(changed) >= 1000 ? changed : undefined;
}
