import type { Content } from '../../content.ts';
import { contentDigest } from '../../content-digest.ts';
import { ToolError } from '../../errors.ts';
import type { FileSystem } from '../../image-format.ts';
import { stoppableContent } from '../../stoppable-content.ts';
import type { BuiltImage } from '../build-image.ts';
import { type ExtensionMetadata, extensionReleaseNode } from '../extension-release.ts';
import type { ImageNode } from '../image-node.ts';
import { assertSysextTree } from '../sysext-rules.ts';
import { type TreeSink, writeTree } from '../write-tree.ts';
import { compareExtracted, type ExtractedTree } from './compare-extracted.ts';
import { MAKERS, type Maker } from './maker.ts';
import { makerVersion } from './maker-version.ts';
import type { ProgramCall, ProgramEnd, RunProgram } from './program.ts';
import { type TreeFacts, treeFacts } from './tree-facts.ts';
import { wholeTree } from './whole-tree.ts';

export interface FilesystemRequest {
  readonly format: FileSystem;
  /** Without the extension-release file, which is made from `extension`. */
  readonly nodes: readonly ImageNode[];
  readonly extension: ExtensionMetadata;
  /** Seconds. */
  readonly sourceDateEpoch: number;
  /** Compare every file of the finished image with its source. */
  readonly verify: boolean;
}

/** The disk and the programs, as far as an image of a file system needs them. */
export interface FilesystemHost {
  /** An empty directory, in which the tree waits to be copied into the image. */
  readonly staging: TreeSink & {
    /** Absolute. */
    readonly path: string;
    /** Gives everything its attributes and times, when all of it is there. */
    settle(nodes: readonly ImageNode[]): Promise<void>;
  };
  /** Another one, for what is taken out of the image again. */
  readonly extracted: ExtractedTree;
  readonly image: {
    readonly path: string;
    /** Lets a program write the file: first it has `size` bytes. */
    fill(size: number, write: (path: string) => Promise<void>): Promise<void>;
    content(): Content;
  };
  readonly run: RunProgram;
  /** The same for a program to which whoever runs this is root. */
  readonly runAsRoot: RunProgram;
}

export interface FilesystemAids {
  readonly onBytes: (done: number) => void;
  /** The image is written; its checks begin. */
  readonly onCheck: () => void;
  /** Ends the reading of the finished image with its reason; what ends the programs is up to the host. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Lets a file system's own program make the image of an extension, and another one check it.
 * @throws ToolError `not-convertible` for a tree that would harm a host, `tool-missing`, `no-space`,
 *   `output-unwritable` when the program fails, `self-check-failed`
 */
export async function buildFilesystem(
  { format, nodes, extension, sourceDateEpoch, verify }: FilesystemRequest,
  host: FilesystemHost,
  { onBytes, onCheck, signal }: FilesystemAids,
): Promise<BuiltImage> {
  const maker = MAKERS[format];
  const program = await makerVersion(format, host.run);
  const all = [...nodes, extensionReleaseNode(extension, sourceDateEpoch)];
  assertSysextTree(all, extension.name);
  const facts = await treeFacts(wholeTree(all), onBytes);
  const { staging, image } = host;
  await writeTree(facts.nodes, staging);
  await staging.settle(facts.nodes);
  await makeImage(maker, { facts, sourceDateEpoch }, host);
  onCheck();
  await image.fill(image.content().size, async path => {
    await assertSound(maker.check(path), maker, host.run);
    if (verify) await compareImage(path, maker, { nodes: facts.nodes, ...host });
  });
  const content = signal ? stoppableContent(image.content(), signal) : image.content();
  return {
    size: content.size,
    sha256: await contentDigest(content),
    maker: { program, reproducible: maker.isReproducible },
  };
}

interface Made {
  readonly facts: TreeFacts;
  readonly sourceDateEpoch: number;
}

/** Each time more by a quarter: the size is computed before, and only the program knows whether it is enough. */
const GROWTH = 1.25;
const MOST_TRIES = 6;

async function makeImage(maker: Maker, made: Made, host: FilesystemHost): Promise<void> {
  const { staging, image } = host;
  const isPlain = maker.ownsAll && made.facts.attributed === 0;
  const run = isPlain ? host.run : host.runAsRoot;
  const wanted = maker.size?.(made.facts) ?? 0;
  for (let tries = 1; ; tries += 1) {
    const size = Math.ceil((wanted * GROWTH ** (tries - 1)) / BLOCK_BYTES) * BLOCK_BYTES;
    let failure: Failure | undefined;
    await image.fill(size, async path => {
      for (const call of maker.calls({ ...made, tree: staging.path, image: path })) {
        failure ??= failureOf(await finished(call, maker, run), call);
      }
    });
    if (!failure) return;
    const isTooSmall = maker.size !== undefined && TOO_SMALL.test(failure.reason);
    if (!isTooSmall || tries === MOST_TRIES) throw failedError(failure, image.path);
  }
}

const BLOCK_BYTES = 4096;
const TOO_SMALL = /could not allocate|no free space|not enough space|filesystem is full/i;

interface Failure {
  readonly program: string;
  readonly reason: string;
}

/** debugfs ends with 0 whatever happens; all that it says on standard error besides its version is a complaint. */
function failureOf(end: ProgramEnd, { program }: ProgramCall): Failure | undefined {
  const lines = end.stderr.split('\n').filter(line => line !== '' && !line.startsWith('debugfs '));
  if (end.status === 0 && !(program === 'debugfs' && lines.length > 0)) return undefined;
  const how = end.status === undefined ? 'ended by a signal' : `exit code ${end.status}`;
  const reason = lines.find(line => NO_SPACE.test(line)) ?? lines.at(-1) ?? how;
  return { program, reason };
}

/** The last is what mkfs.btrfs says of the first room that it does not get. */
const NO_SPACE = /No space left on device|Disk quota exceeded|unable to zero the output file/;

function failedError({ program, reason }: Failure, path: string): ToolError {
  if (NO_SPACE.test(reason)) return new ToolError('no-space', { path, temporaryRemoved: true });
  return new ToolError('output-unwritable', { path, reason: `${program}: ${reason}` });
}

async function assertSound(call: ProgramCall, maker: Maker, run: RunProgram): Promise<void> {
  const { status, stdout, stderr } = await finished(call, maker, run);
  if (status === 0) return;
  const said = `${Buffer.from(stdout)}\n${stderr}`.split('\n').filter(line => line !== '');
  throw new ToolError('self-check-failed', {
    reason: `${call.program}: ${said.at(-1) ?? status}`,
    maker: maker.program,
  });
}

async function compareImage(
  path: string,
  maker: Maker,
  {
    nodes,
    extracted,
    run,
  }: { nodes: readonly ImageNode[] } & Pick<FilesystemHost, 'extracted' | 'run'>,
): Promise<void> {
  await assertSound(maker.extract(path, extracted.path), maker, run);
  await compareExtracted(nodes, extracted);
}

async function finished(call: ProgramCall, maker: Maker, run: RunProgram): Promise<ProgramEnd> {
  const end = await run(call);
  if (end !== 'missing') return end;
  throw new ToolError('tool-missing', {
    what: call.program,
    suggestion: `install the package ${maker.package}`,
  });
}
