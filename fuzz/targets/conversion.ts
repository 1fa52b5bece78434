import { inspectEntries } from '../../src/analyze/inspect.ts';
import { buildImage } from '../../src/builder/build-image.ts';
import { ruleAgainst } from '../../src/builder/sysext-rules.ts';
import { bytesContent } from '../../src/content.ts';
import { imageTree } from '../../src/convert/image-tree.ts';
import { planConversion } from '../../src/convert/plan.ts';
import { summarize, summarizeImage, withParents } from '../../test/support/image-trees.ts';
import { MemorySink } from '../../test/support/memory-sink.ts';
import { PLAN_OPTIONS } from '../../test/support/plan-of.ts';
import { readBytesArchive } from '../../test/support/read-bytes-archive.ts';
import { check, unlessRefused } from '../lib/check.ts';
import { sealedTar } from '../lib/sealed-tar.ts';

/** Any archive is refused, or becomes an image that is read back as it was planned and harms no host. */
export async function fuzz(data: Uint8Array): Promise<void> {
  const image = await unlessRefused(() => convert(sealedTar(data)));
  if (!image) return;
  const { nodes, bytes } = image;
  for (const node of nodes) {
    const reason = ruleAgainst(node, 'x');
    check(reason === undefined, () => `"${node.path}": ${reason}`);
  }
  const release = 'usr/lib/extension-release.d/extension-release.x';
  const written = (await summarizeImage(bytesContent(bytes))).filter(
    ({ path }) => path !== release && !release.startsWith(`${path}/`) && path !== '',
  );
  const planned = (await summarize(withParents(nodes))).filter(
    ({ path }) => !release.startsWith(`${path}/`) && path !== '',
  );
  check(JSON.stringify(written) === JSON.stringify(planned), () => 'the image is another one');
}

async function convert(archive: Uint8Array) {
  const { entries } = await readBytesArchive(archive);
  const size = entries.reduce(
    (sum, entry) => sum + (entry.kind === 'file' ? entry.content.size : 0),
    0,
  );
  // What is large costs time here and shows nothing that small files don't.
  if (size > 1 << 20) return undefined;
  const plan = planConversion(await inspectEntries(entries), PLAN_OPTIONS);
  const nodes = imageTree(plan.steps, 0);
  const sink = new MemorySink();
  const squashfs = {
    compression: { name: 'gzip', level: 1 },
    blockSize: 4096,
    jobs: 1,
    mtime: 0,
  } as const;
  await buildImage({ nodes, extension: plan.extension, squashfs, verify: true }, sink);
  return { nodes, bytes: sink.bytes() };
}
