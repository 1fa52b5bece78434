import { basename, dirname, join, resolve } from 'node:path';
import type { ImageOptions } from '../command-line/image-options.ts';
import type { ReportFile } from '../command-line/option-values.ts';
import { isDirectory } from '../host/output-file.ts';
import { SUMS_NAME } from '../publish/sha256sums.ts';
import { transferFileNames } from '../publish/transfer-file.ts';
import { versionedName } from '../publish/versioned-name.ts';
import { usageError } from '../usage-error.ts';

/** Every file that goes with an image, as the user would name it. */
export interface OutputPaths {
  readonly image: string;
  readonly reports: readonly ReportFile[];
  /** The list of checksums in which the image gets a line. */
  readonly sums?: string;
  /** Transfer files for systemd-sysupdate. */
  readonly transfers: readonly string[];
}

/**
 * Settles where the image, its reports and what publishes it go.
 * @param architecture of the extension, for the name of an image with a version
 * @throws ToolError `usage` for the name of a file where only a directory makes sense, and for one name of two files
 */
export async function outputPaths(
  options: ImageOptions,
  architecture: string | undefined,
): Promise<OutputPaths> {
  const image = await imagePath(options, architecture);
  const { name, reports, publish } = options;
  const beside = (file: string) => join(dirname(image), file);
  // Each version has reports of its own.
  const stem = publish.version === undefined ? name : basename(image, '.raw');
  const paths = {
    image,
    reports: reports === 'default' ? reportsBeside(beside(stem)) : reports,
    ...(publish.sums && { sums: beside(SUMS_NAME) }),
    transfers: publish.sysupdate === undefined ? [] : transferFileNames(name).map(beside),
  };
  assertDistinct([...obstructedPaths(paths, options), ...sharedPaths(paths)]);
  return paths;
}

/** The files that must not be there yet, unless they may be replaced; the image comes first. */
export function obstructedPaths(
  { image, reports }: OutputPaths,
  { publish, display }: Pick<ImageOptions, 'publish' | 'display'>,
): readonly [image: string, ...others: string[]] {
  const files = [...reports, ...(publish.node?.configs ?? [])].map(({ path }) => path);
  return [image, ...files, ...(display.outputFile === undefined ? [] : [display.outputFile])];
}

/** Those that may be there: what they hold is kept. */
function sharedPaths({ sums, transfers }: OutputPaths): readonly string[] {
  return sums === undefined ? transfers : [...transfers, sums];
}

/** Of two outputs with one name, the later would replace the earlier. */
function assertDistinct(paths: readonly string[]): void {
  const twice = paths.find((path, at) => paths.slice(0, at).some(one => isSamePath(one, path)));
  if (twice === undefined) return;
  throw usageError(`'${twice}' would be written twice: each file needs a name of its own`);
}

/** As they are written; where links lead is not asked. */
export function isSamePath(one: string, other: string): boolean {
  return resolve(one) === resolve(other);
}

async function imagePath(options: ImageOptions, architecture: string | undefined): Promise<string> {
  const { output, imageFormat, publish } = options;
  const file = imageName(options, architecture);
  if (output === undefined) return file;
  const isParent =
    imageFormat !== 'directory' && (output.endsWith('/') || (await isDirectory(output)));
  if (isParent) return join(output, file);
  if (publish.version === undefined) return output;
  throw usageError(
    `--image-version makes the name of the file, and '${output}' is no directory for it`,
    `--output ${dirname(output)}/`,
  );
}

function imageName(
  { name, imageFormat, publish: { version } }: ImageOptions,
  architecture: string | undefined,
): string {
  if (imageFormat === 'directory') return name;
  if (version === undefined) return `${name}.raw`;
  return versionedName({ name, version, ...(architecture !== undefined && { architecture }) });
}

/** Called after the extension, whatever the image's own file is called. */
function reportsBeside(stem: string): readonly ReportFile[] {
  return [
    { path: `${stem}.report.md`, format: 'markdown' },
    { path: `${stem}.report.json`, format: 'json' },
  ];
}
