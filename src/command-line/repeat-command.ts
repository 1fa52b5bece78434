import type { ConvertOptions } from './convert-options.ts';

/**
 * The arguments that make the same image again, the program's name first. Only what differs from the defaults, and only
 * what has a say in the result: not the display, not the number of threads, no directories. SOURCE_DATE_EPOCH is the
 * environment's.
 * @param options.output the image's file, when it is known that it is no directory for it
 */
export function repeatCommand(options: ConvertOptions): string[] {
  const flags = [
    ...imageFlags(options),
    ...publishFlags(options),
    ...hostFlags(options),
    ...unitFlags(options),
    ...entryFlags(options),
  ];
  const { archive, name } = options;
  const file = baseName(archive);
  // Without this a file called -x.tgz would be read as options.
  const guard = [file, name].some(operand => operand.length > 1 && operand.startsWith('-'))
    ? ['--']
    : [];
  return ['torcx2sysext', ...flags, ...guard, file, name];
}

function imageFlags({
  output,
  name,
  imageFormat,
  compression,
  blockSize,
  publish,
  keepSelinux,
  strict,
}: ConvertOptions): string[] {
  const usual = imageFormat === 'directory' ? name : `${name}.raw`;
  const file = baseName(output ?? usual) || usual;
  const { algorithm, level } = compression;
  const method = level === undefined ? algorithm : `${algorithm}:${level}`;
  return [
    ...(file === usual || publish.version !== undefined ? [] : ['--output', file]),
    ...(imageFormat === 'squashfs' ? [] : ['--image-format', imageFormat]),
    ...(method === 'zstd' ? [] : ['--compression', method]),
    ...(blockSize === undefined ? [] : ['--block-size', `${blockSize / 1024}K`]),
    ...(keepSelinux ? ['--keep-selinux'] : []),
    ...(strict ? ['--strict'] : []),
  ];
}

function publishFlags({ publish: { version, sums, sysupdate } }: ConvertOptions): string[] {
  return [
    ...(version === undefined ? [] : ['--image-version', version]),
    ...(sysupdate === undefined ? [] : ['--sysupdate', sysupdate]),
    ...(sums && sysupdate === undefined ? ['--sha256sums'] : []),
  ];
}

function hostFlags({ host, architecture }: ConvertOptions): string[] {
  const { id, sysextLevel, versionId } = host;
  const hasUsualLevel = sysextLevel === '1.0' && versionId === undefined;
  return [
    ...(id === 'flatcar' ? [] : ['--os', id]),
    ...(sysextLevel === undefined || hasUsualLevel ? [] : ['--sysext-level', sysextLevel]),
    ...(versionId === undefined ? [] : ['--os-version', versionId]),
    ...(architecture === 'auto' ? [] : ['--arch', architecture]),
  ];
}

function unitFlags({ enable, noEnable, reloadManager }: ConvertOptions): string[] {
  return [
    ...(enable.length === 0 ? [] : ['--enable', enable.join(',')]),
    ...(noEnable.length === 0 ? [] : ['--no-enable', noEnable.join(',')]),
    ...(reloadManager ? [] : ['--no-reload']),
  ];
}

function entryFlags({ drop, keep }: ConvertOptions): string[] {
  return [...drop.flatMap(path => ['--drop', path]), ...keep.flatMap(path => ['--keep', path])];
}

/** `-` stays `-`; a path that ends in a slash has no name. */
function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
