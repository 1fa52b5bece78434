import { type InputFile, openInput } from '../host/open-input.ts';
import { openSpool, type SpoolFile } from '../host/spool.ts';
import type { CommandIo } from './command-io.ts';

/** An archive that can be read, and the place where it is inflated. */
export interface OpenArchive {
  readonly archive: InputFile;
  readonly spool: SpoolFile;
  close(): Promise<void>;
}

/** @throws ToolError as `openInput` and `openSpool` do; nothing is left open then */
export async function openArchive(
  path: string,
  io: Pick<CommandIo, 'stdin' | 'temporaryDirectory'>,
): Promise<OpenArchive> {
  const archive = await openInput(path, () => io.stdin());
  try {
    const spool = await openSpool(io.temporaryDirectory);
    return {
      archive,
      spool,
      async close() {
        await spool.close();
        await archive.close();
      },
    };
  } catch (error) {
    await archive.close();
    throw error;
  }
}
