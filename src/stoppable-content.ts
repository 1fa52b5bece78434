import type { Content } from './content.ts';

/** The same bytes; from the moment at which somebody stops it, each read fails with the reason for that. */
export function stoppableContent(content: Content, signal: AbortSignal): Content {
  return {
    size: content.size,
    async readInto(target, offset) {
      signal.throwIfAborted();
      await content.readInto(target, offset);
    },
  };
}
