import { type ArchiveContents, readArchive, type Spool } from './analyze/archive.ts';
import { type DuplicateGroup, duplicateFiles } from './analyze/duplicate-files.ts';
import { type Inspection, inspectEntries } from './analyze/inspect.ts';
import { inspectTree } from './bake/inspect-tree.ts';
import { planTree, type TreeOptions, type TreePlan } from './bake/plan-tree.ts';
import { buildDirectory } from './builder/build-directory.ts';
import { type BuiltImage, buildImage, type ReadableSink } from './builder/build-image.ts';
import {
  buildFilesystem,
  type FilesystemHost,
  type FilesystemRequest,
} from './builder/filesystem/build-filesystem.ts';
import type { ImageNode } from './builder/image-node.ts';
import type { SquashfsOptions } from './builder/squashfs/image-options.ts';
import type { PackAhead } from './builder/squashfs/pack-ahead.ts';
import type { TreeSink } from './builder/write-tree.ts';
import { assertNoClimbingLinks } from './convert/climbing-links.ts';
import { imageTree } from './convert/image-tree.ts';
import { type Plan, type PlanOptions, planConversion } from './convert/plan.ts';
import { planOrRefusal, type Refusal } from './convert/plan-or-refusal.ts';
import { type DockerPlan, type DockerPlanOptions, planDocker } from './docker/plan-docker.ts';
import type { Finding } from './finding.ts';
import type { InputFile } from './host/open-input.ts';
import type { SourceTree } from './host/source-tree.ts';
import type { PipelineEvent } from './pipeline-event.ts';

/** What a conversion works on. All of it is opened and closed by the caller. */
export interface ConversionInput {
  readonly archive: InputFile;
  /** Holds the inflated archive; the plan's contents are ranges of it, so it lives as long as the plan. */
  readonly spool: Spool;
  readonly options: PlanOptions & { readonly sourceDateEpoch: number };
  readonly onEvent: (event: PipelineEvent) => void;
}

/** An extension that is decided, whatever it is made of. Nothing has been written yet. */
export interface PlannedImage {
  readonly plan: Pick<Plan, 'extension' | 'findings'>;
  /** Findings about the input as such. */
  readonly findings: readonly Finding[];
  /** The extension's tree without its extension-release file. */
  readonly nodes: readonly ImageNode[];
}

/** A plan with what it was made from. */
export interface PlannedConversion extends PlannedImage {
  readonly plan: Plan;
  readonly format: string;
  readonly entryCount: number;
  readonly hasManifest: boolean;
}

/** An archive that was read to its end, and what its files say. Nothing is decided yet. */
export interface ReadArchive {
  readonly contents: ArchiveContents;
  readonly inspection: Inspection;
}

/** Reads an archive to its end and decides everything: the stages read, inspect and plan. */
export async function planArchive(input: ConversionInput): Promise<PlannedConversion> {
  const read = await readAndInspect(input);
  input.onEvent({ kind: 'stage', stage: 'plan' });
  return planRead(read, input.options);
}

/**
 * Decides everything about an archive that was read: as often as the decisions change, without reading it again.
 * @throws ToolError what {@link planConversion} throws; `unsafe-entry` for a link that leaves the image
 */
export function planRead(
  { contents, inspection }: ReadArchive,
  options: ConversionInput['options'],
): PlannedConversion {
  const plan = planConversion(inspection, options);
  assertNoClimbingLinks(plan.steps);
  return {
    plan,
    format: contents.format,
    entryCount: contents.entries.length,
    hasManifest: inspection.manifest !== undefined,
    findings: contents.findings,
    nodes: imageTree(plan.steps, options.sourceDateEpoch),
  };
}

/** Docker's release, decided. */
export interface PlannedRelease extends PlannedImage {
  readonly plan: DockerPlan;
  readonly format: string;
  readonly entryCount: number;
}

/** What an image of Docker's release is made from. All of it is opened and closed by the caller. */
export interface ReleaseInput extends Omit<ConversionInput, 'options'> {
  readonly options: DockerPlanOptions & { readonly sourceDateEpoch: number };
}

/** Reads Docker's release to its end and decides everything: the stages read, inspect and plan. */
export async function planRelease(input: ReleaseInput): Promise<PlannedRelease> {
  const { contents, inspection } = await readAndInspect(input);
  input.onEvent({ kind: 'stage', stage: 'plan' });
  const plan = planDocker(inspection, input.options);
  return {
    plan,
    format: contents.format,
    entryCount: contents.entries.length,
    findings: contents.findings,
    nodes: imageTree(plan.steps, input.options.sourceDateEpoch),
  };
}

/** What an extension is made of that is a directory tree. It is opened and closed by the caller. */
export interface BakeInput {
  readonly tree: SourceTree;
  readonly options: TreeOptions & { readonly sourceDateEpoch: number };
  readonly onEvent: (event: PipelineEvent) => void;
}

export interface PlannedTree extends PlannedImage {
  readonly plan: TreePlan;
  readonly entryCount: number;
  /** Bytes of all files, hard links once. */
  readonly size: number;
}

/** Looks into the files of a tree and decides everything: the stages inspect and plan. */
export async function planSourceTree({ tree, options, onEvent }: BakeInput): Promise<PlannedTree> {
  onEvent({ kind: 'stage', stage: 'inspect' });
  const { findings, size, ...inspected } = await inspectTree(tree, options.name);
  onEvent({ kind: 'stage', stage: 'plan' });
  const plan = planTree(inspected, options);
  return {
    plan,
    findings,
    nodes: imageTree(plan.steps, options.sourceDateEpoch),
    entryCount: tree.nodes.length,
    size,
  };
}

/** An archive, what is in it, and what a conversion would make of it. */
export interface InspectedArchive extends ReadArchive {
  readonly plan: Plan;
  readonly duplicates: readonly DuplicateGroup[];
  /** Why there can be no extension; the plan then is the one that comes nearest. */
  readonly refusal?: Refusal;
}

/** Looks at everything in an archive, also in one that cannot be converted. */
export async function inspectArchive(input: ConversionInput): Promise<InspectedArchive> {
  return inspectRead(await readAndInspect(input), input);
}

/** The same for an archive that was read already. */
export async function inspectRead(
  read: ReadArchive,
  { options, onEvent }: Pick<ConversionInput, 'options' | 'onEvent'>,
): Promise<InspectedArchive> {
  const duplicates = await duplicateFiles(read.contents.entries);
  onEvent({ kind: 'stage', stage: 'plan' });
  return { ...read, duplicates, ...planOrRefusal(read.inspection, options) };
}

/** The stages read and inspect. */
export async function readAndInspect({
  archive,
  spool,
  onEvent,
}: Omit<ConversionInput, 'options'>): Promise<ReadArchive> {
  onEvent({ kind: 'stage', stage: 'read' });
  const { size, random } = archive;
  const contents = await readArchive(
    {
      name: archive.path,
      stream: () => archive.stream(),
      ...(size !== undefined && { size }),
      ...(random && { random }),
    },
    spool,
    done => onEvent({ kind: 'bytes', done, ...(size !== undefined && { total: size }) }),
  );
  onEvent({ kind: 'stage', stage: 'inspect' });
  return { contents, inspection: await inspectEntries(contents.entries) };
}

/** Who is told how far it is, and may end it. */
export interface BuildWatcher {
  readonly onEvent: (event: PipelineEvent) => void;
  /** Ends the checks of the finished image with its reason. */
  readonly signal?: AbortSignal | undefined;
}

interface SquashfsBuild extends BuildWatcher {
  readonly squashfs: SquashfsOptions;
  /** Compare every file of the finished image with its source. */
  readonly verify: boolean;
  /** The spool of the archive, if it was one that packs blocks while it is filled. */
  readonly ahead?: PackAhead | undefined;
}

/** Writes a plan as a SquashFS image and checks it: the stages build and check. */
export async function buildPlannedSquashfs(
  { plan, nodes }: PlannedImage,
  sink: ReadableSink,
  { squashfs, verify, ahead, onEvent, signal }: SquashfsBuild,
): Promise<BuiltImage> {
  onEvent({ kind: 'stage', stage: 'build' });
  const total = contentBytes(nodes);
  return buildImage({ nodes, extension: plan.extension, squashfs, verify }, sink, {
    onBytes: done => onEvent({ kind: 'bytes', done, total }),
    onCheck: () => onEvent({ kind: 'stage', stage: 'check' }),
    ahead,
    signal,
  });
}

type FilesystemBuild = Omit<FilesystemRequest, 'nodes' | 'extension'> & BuildWatcher;

/** Lets the program of a file system write and check the image of a plan: the stages build and check. */
export async function buildPlannedFilesystem(
  { plan, nodes }: PlannedImage,
  host: FilesystemHost,
  { onEvent, signal, ...options }: FilesystemBuild,
): Promise<BuiltImage> {
  onEvent({ kind: 'stage', stage: 'build' });
  const total = contentBytes(nodes);
  return buildFilesystem({ ...options, nodes, extension: plan.extension }, host, {
    onBytes: done => onEvent({ kind: 'bytes', done, total }),
    onCheck: () => onEvent({ kind: 'stage', stage: 'check' }),
    signal,
  });
}

/** Writes a plan as a directory instead of an image. */
export async function buildPlannedDirectory(
  { plan, nodes }: PlannedImage,
  sink: TreeSink,
  onEvent: (event: PipelineEvent) => void,
): Promise<void> {
  onEvent({ kind: 'stage', stage: 'build' });
  await buildDirectory(nodes, plan.extension, sink);
}

function contentBytes(nodes: readonly ImageNode[]): number {
  return nodes.reduce((sum, node) => sum + (node.kind === 'file' ? node.content.size : 0), 0);
}
