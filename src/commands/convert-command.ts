import type { ConvertOptions } from '../command-line/convert-options.ts';
import { planArchive } from '../pipeline.ts';
import type { CommandIo } from './command-io.ts';
import { conversionJob } from './conversion.ts';
import { imageCommand } from './image-command.ts';
import { openArchive } from './open-archive.ts';
import { openPackAhead } from './open-pack-ahead.ts';
import { outputPaths } from './output-paths.ts';

/**
 * Converts an archive, as {@link imageCommand} makes images.
 * @returns the exit code
 * @throws ToolError whatever went wrong; nothing new has its final name then, and old files are untouched
 */
export function convertCommand(options: ConvertOptions, io: CommandIo): Promise<number> {
  return imageCommand(options, io, async ({ onEvent, atEnd }) => {
    const { archive, spool, close } = await openArchive(options.archive, io);
    atEnd(close);
    const ahead = await openPackAhead({ options, archive, spool, io });
    if (ahead) atEnd(() => ahead.close());
    const wanted = { ...options, imageName: options.torcx.name };
    const planned = await planArchive({ archive, spool: ahead ?? spool, options: wanted, onEvent });
    const paths = await outputPaths(options, planned.plan.extension.architecture);
    return conversionJob({ options, paths, planned, archive, ahead });
  });
}
