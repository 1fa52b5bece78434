import { expect, test } from 'vitest';
import { inspectEntries } from '../src/analyze/inspect.ts';
import { buildImage } from '../src/builder/build-image.ts';
import { bytesContent, type Content } from '../src/content.ts';
import { file, noise, prose, ZSTD } from './support/image-trees.ts';
import { MemorySink } from './support/memory-sink.ts';

/** What a conversion costs, in counts: times differ from run to run, and these only when the program does. */
test('an image reads each byte of each file once, and one that may be a copy once more', async () => {
  const contents = {
    alone: counted(prose(400_000)),
    twin: counted(noise(300_000, 1)),
    other: counted(noise(300_000, 2)),
    small: counted(prose(100)),
  };
  await build(contents);
  expect(contents.alone.bytesRead).toBe(400_000);
  expect(contents.small.bytesRead).toBe(100);
  expect(contents.twin.bytesRead).toBe(600_000);
  expect(contents.other.bytesRead).toBe(600_000);
});

test('an image is written once, and checked without reading all of it', async () => {
  const sink = new CountingSink();
  await build({ a: counted(noise(5_000_000)), b: counted(prose(5_000_000)) }, sink);
  expect(sink.bytesWritten).toBe(sink.size);
  // Once for its hash; the check looks at tables and at the headers of blocks.
  expect(sink.bytesRead).toBeLessThan(sink.size * 1.02);
});

test('batches of blocks are written whole', async () => {
  const sink = new CountingSink();
  await build({ a: counted(noise(16 << 20)) }, sink);
  expect(sink.writes).toBeLessThan(16 + 12);
});

test('the inspection asks a small file for its bytes once', async () => {
  const script = counted(Buffer.from('#!/bin/sh\nexec /run/torcx/bin/docker\n'));
  const meta = { mode: 0o755, uid: 0, gid: 0, mtime: 0, xattrs: new Map() };
  const { facts } = await inspectEntries([{ ...meta, path: 'a', kind: 'file', content: script }]);
  expect(facts.get('a')).toMatchObject({ script: {} });
  expect(script.reads).toBe(1);
});

function build(contents: Readonly<Record<string, Content>>, sink = new CountingSink()) {
  const nodes = Object.entries(contents).map(([name, content]) =>
    file(`usr/share/${name}`, content, { mtime: 0 }),
  );
  const extension = { name: 'x', id: '_any', reloadManager: false };
  return buildImage({ nodes, extension, squashfs: { ...ZSTD, mtime: 0 }, verify: false }, sink);
}

interface Counted extends Content {
  bytesRead: number;
  reads: number;
}

function counted(bytes: Uint8Array): Counted {
  const content = bytesContent(bytes);
  return {
    size: bytes.length,
    bytesRead: 0,
    reads: 0,
    readInto(target, offset) {
      this.bytesRead += target.length;
      this.reads += 1;
      return content.readInto(target, offset);
    },
  };
}

class CountingSink extends MemorySink {
  bytesWritten = 0;
  bytesRead = 0;
  writes = 0;

  override append(chunks: readonly Uint8Array[]): Promise<void> {
    this.writes += 1;
    for (const { length } of chunks) this.bytesWritten += length;
    return super.append(chunks);
  }

  override content(): Content {
    const content = super.content();
    return {
      size: content.size,
      readInto: (target, offset) => {
        this.bytesRead += target.length;
        return content.readInto(target, offset);
      },
    };
  }
}
