import { ToolError } from '../../errors.ts';
import type { FileSystem } from '../../image-format.ts';
import { MAKERS } from './maker.ts';
import type { RunProgram } from './program.ts';

/**
 * What makes images of a file system on this machine: `mke2fs 1.47.0`.
 * @throws ToolError `tool-missing`
 */
export async function makerVersion(format: FileSystem, run: RunProgram): Promise<string> {
  const { program, package: name, version } = MAKERS[format];
  const end = await run({ program, args: version });
  if (end === 'missing') {
    throw new ToolError('tool-missing', {
      what: `${program}, which makes ${format} images,`,
      suggestion: `install the package ${name}, or --image-format squashfs, which needs nothing`,
    });
  }
  const [number] = /\d+\.\d[\w.-]*/.exec(`${Buffer.from(end.stdout)}${end.stderr}`) ?? [];
  return number === undefined ? program : `${program} ${number}`;
}
