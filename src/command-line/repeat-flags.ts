import { baseName } from '../path-names.ts';
import type { ExtensionOptions } from './extension-options.ts';
import type { ImageOptions } from './image-options.ts';
import type { PublishOptions } from './publish-options.ts';

/** What makes the image, if it differs from the defaults. `output` is known to be no directory for it. */
export function imageFlags(options: ImageOptions): string[] {
  const { output, name, imageFormat, compression, blockSize, publish, strict } = options;
  const usual = imageFormat === 'directory' ? name : `${name}.raw`;
  const file = baseName(output ?? usual) || usual;
  const { name: algorithm, level } = compression;
  const method = level === undefined ? algorithm : `${algorithm}:${level}`;
  return [
    ...(file === usual || publish.version !== undefined ? [] : ['--output', file]),
    ...(imageFormat === 'squashfs' ? [] : ['--image-format', imageFormat]),
    ...(method === 'zstd' ? [] : ['--compression', method]),
    ...(blockSize === undefined ? [] : ['--block-size', `${blockSize / 1024}K`]),
    ...(strict ? ['--strict'] : []),
    ...publishFlags(publish),
  ];
}

function publishFlags({ version, sums, sysupdate }: PublishOptions): string[] {
  return [
    ...(version === undefined ? [] : ['--image-version', version]),
    ...(sysupdate === undefined ? [] : ['--sysupdate', sysupdate]),
    ...(sums && sysupdate === undefined ? ['--sha256sums'] : []),
  ];
}

/** What says where the extension is merged, and what it starts. */
export function extensionFlags(options: ExtensionOptions): string[] {
  return [...hostFlags(options), ...unitFlags(options)];
}

function hostFlags({ host, architecture }: ExtensionOptions): string[] {
  const { id, sysextLevel, versionId } = host;
  const hasUsualLevel = sysextLevel === '1.0' && versionId === undefined;
  return [
    ...(id === 'flatcar' ? [] : ['--os', id]),
    ...(sysextLevel === undefined || hasUsualLevel ? [] : ['--sysext-level', sysextLevel]),
    ...(versionId === undefined ? [] : ['--os-version', versionId]),
    ...(architecture === 'auto' ? [] : ['--arch', architecture]),
  ];
}

function unitFlags({ enable, noEnable, reloadManager }: ExtensionOptions): string[] {
  return [
    ...(enable.length === 0 ? [] : ['--enable', enable.join(',')]),
    ...(noEnable.length === 0 ? [] : ['--no-enable', noEnable.join(',')]),
    ...(reloadManager ? [] : ['--no-reload']),
  ];
}
