import { type ByteRange, type Content, readBytes } from '../content.ts';
import { ToolError } from '../errors.ts';

const COMPARE_BYTES = 1 << 20;

/**
 * Compares a file of a finished image with what it was made of.
 * @throws ToolError `self-check-failed`
 */
export async function compareContent(
  path: string,
  source: Content,
  written: Content,
): Promise<void> {
  if (written.size !== source.size) {
    throw differs(path, `it has ${written.size} bytes, not ${source.size}`);
  }
  for (let offset = 0; offset < source.size; offset += COMPARE_BYTES) {
    const length = Math.min(COMPARE_BYTES, source.size - offset);
    const [a, b] = await Promise.all([
      readBytes(source, offset, length),
      readWritten(path, written, { offset, length }),
    ]);
    if (Buffer.compare(a, b) !== 0) throw differs(path, `its content differs after byte ${offset}`);
  }
}

/** The reader takes a damaged image for a damaged archive; this one is nobody's fault but ours. */
export function readWritten(
  path: string,
  content: Content,
  { offset, length }: ByteRange,
): Promise<Uint8Array> {
  return readBytes(content, offset, length).catch((cause: unknown) => {
    throw differs(path, 'it cannot be read back', { cause });
  });
}

/** What a node of a finished image that is not as it should be is told by. */
export function differs(path: string, reason: string, options?: ErrorOptions): ToolError {
  return new ToolError('self-check-failed', { reason: `/${path}: ${reason}` }, options);
}
