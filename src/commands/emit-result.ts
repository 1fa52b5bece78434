import type { DisplayOptions } from '../command-line/display-options.ts';
import type { OutputOptions } from '../host/output-file.ts';
import { writeFile } from '../host/write-file.ts';
import { pathBytes } from '../path-text.ts';
import type { CommandIo } from './command-io.ts';

/** Gives out the result of a command: on stdout, or as the file of `--output-file`, whole or not at all. */
export async function emitResult(
  text: string,
  { display, force }: OutputOptions & { readonly display: Pick<DisplayOptions, 'outputFile'> },
  io: CommandIo,
): Promise<void> {
  if (display.outputFile === undefined) {
    await io.stdout(text);
    return;
  }
  await writeFile(display.outputFile, pathBytes(text), { force });
}
