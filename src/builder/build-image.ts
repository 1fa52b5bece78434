import type { Content } from '../content.ts';
import { contentDigest } from '../content-digest.ts';
import type { ImageMaker } from '../image-format.ts';
import { stoppableContent } from '../stoppable-content.ts';
import { type ExtensionMetadata, extensionReleaseNode } from './extension-release.ts';
import type { ImageNode } from './image-node.ts';
import { selfCheck } from './self-check.ts';
import type { SquashfsOptions, WriteAids } from './squashfs/image-options.ts';
import type { ImageSink } from './squashfs/image-sink.ts';
import { writeImage } from './squashfs/write-image.ts';
import { assertSysextTree } from './sysext-rules.ts';

/** Everything that decides the bytes of an image. */
export interface BuildRequest {
  /** Without the extension-release file, which is made from `extension`. */
  readonly nodes: readonly ImageNode[];
  readonly extension: ExtensionMetadata;
  readonly squashfs: SquashfsOptions;
  /** Also compare the content of every file in the finished image with its source. */
  readonly verify: boolean;
}

export interface BuildAids extends WriteAids {
  /** The image is written; its checks begin. */
  onCheck?(): void;
  /** Ends the checks with its reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface BuiltImage {
  /** Bytes of the image file. */
  readonly size: number;
  /** In hexadecimal. */
  readonly sha256: string;
  /** The program that made it; absent for what this program makes itself. */
  readonly maker?: ImageMaker;
}

/** Where the image goes; it is read back before anybody may rename it. */
export interface ReadableSink extends ImageSink {
  /** What has been written so far. */
  content(): Content;
  /** Makes what has been written so far durable. */
  sync?(): Promise<void>;
}

/**
 * Writes the SquashFS image of an extension and checks what it wrote.
 * @throws ToolError `not-convertible` for a tree that would harm a host, `self-check-failed` for a bad image
 */
export async function buildImage(
  { nodes, extension, squashfs, verify }: BuildRequest,
  sink: ReadableSink,
  { onCheck, signal, ...aids }: BuildAids = {},
): Promise<BuiltImage> {
  const all = [...nodes, extensionReleaseNode(extension, squashfs.mtime)];
  assertSysextTree(all, extension.name);
  await writeImage(all, sink, { ...squashfs, ...aids });
  onCheck?.();
  const image = signal ? stoppableContent(sink.content(), signal) : sink.content();
  const checks = [
    contentDigest(image),
    selfCheck({ image, nodes: all, extension, verify }),
    sink.sync?.(),
  ] as const;
  // The file stays open until the last of them has let go of it, whatever became of the others.
  await Promise.allSettled(checks);
  signal?.throwIfAborted();
  const [sha256] = await Promise.all(checks);
  return { size: image.size, sha256 };
}
