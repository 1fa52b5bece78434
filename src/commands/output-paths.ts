import { dirname, join } from 'node:path';
import type { ConvertOptions } from '../command-line/convert-options.ts';
import type { ReportFile } from '../command-line/option-values.ts';
import { isDirectory } from '../host/output-file.ts';

/** Every file that a conversion writes, as the user would name it. */
export interface OutputPaths {
  readonly image: string;
  readonly reports: readonly ReportFile[];
}

/** Settles where the image and its reports go. */
export async function outputPaths(options: ConvertOptions): Promise<OutputPaths> {
  const image = await imagePath(options);
  return {
    image,
    reports: options.reports === 'default' ? besideImage(image, options.name) : options.reports,
  };
}

async function imagePath({ name, output, imageFormat }: ConvertOptions): Promise<string> {
  const file = imageFormat === 'directory' ? name : `${name}.raw`;
  if (output === undefined) return file;
  const isParent =
    imageFormat === 'squashfs' && (output.endsWith('/') || (await isDirectory(output)));
  return isParent ? join(output, file) : output;
}

/** Called after the extension, whatever the image's own file is called. */
function besideImage(image: string, name: string): readonly ReportFile[] {
  const stem = join(dirname(image), name);
  return [
    { path: `${stem}.report.md`, format: 'markdown' },
    { path: `${stem}.report.json`, format: 'json' },
  ];
}
