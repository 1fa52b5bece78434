import { expect, test } from 'vitest';
import { buildImage } from '../../src/builder/build-image.ts';
import { bytesContent, type Content } from '../../src/content.ts';
import { file, noise, ZSTD } from '../support/image-trees.ts';
import { MemorySink } from '../support/memory-sink.ts';

class ReadSink extends MemorySink {
  bytesRead = 0;
  readonly #onRead: () => void;

  constructor(onRead: () => void) {
    super();
    this.#onRead = onRead;
  }

  override content(): Content {
    const image = super.content();
    return {
      size: image.size,
      readInto: (target, offset) => {
        this.bytesRead += target.length;
        this.#onRead();
        return image.readInto(target, offset);
      },
    };
  }
}

test('a check that is stopped ends at its next read, with the reason', async () => {
  const stop = new AbortController();
  const reason = new Error('enough');
  const sink = new ReadSink(() => stop.abort(reason));
  const nodes = [file('usr/share/a', bytesContent(noise(8 << 20)), { mtime: 0 })];
  const extension = { name: 'x', id: '_any', reloadManager: false };
  const request = { nodes, extension, squashfs: { ...ZSTD, mtime: 0 }, verify: true };
  await expect(buildImage(request, sink, { signal: stop.signal })).rejects.toBe(reason);
  // A chunk for the hash and the first bytes for the check were on their way.
  expect(sink.bytesRead).toBeLessThan(sink.size / 4);
});
