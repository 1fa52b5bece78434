import { dirname } from 'node:path';
import { syncDirectory } from './sync-directory.ts';

/** Something that is complete but for its name. */
export interface PendingOutput {
  readonly path: string;
  /** Makes durable what has been written, where `commit` would otherwise do it. */
  sync?(): Promise<void>;
  /**
   * Makes it durable and gives it its name, which a power cut can still take away. What has the name already is replaced
   * only if that was asked for.
   */
  commit(): Promise<void>;
  /** Leaves everything as it was, unless it was committed. */
  abort(): Promise<void>;
}

/** Gives outputs their names, in their order. The disk is waited for once, and not for each of them. */
export async function commitAll(outputs: readonly PendingOutput[]): Promise<void> {
  await Promise.all(outputs.map(output => output.sync?.()));
  for (const output of outputs) await output.commit();
  const directories = new Set(outputs.map(({ path }) => dirname(path)));
  for (const directory of directories) await syncDirectory(directory);
}
