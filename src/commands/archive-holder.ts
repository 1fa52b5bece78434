import { type ReadArchive, readAndInspect } from '../pipeline.ts';
import { userInterruption } from '../user-interruption.ts';
import type { CommandIo } from './command-io.ts';
import { type OpenArchive, openArchive } from './open-archive.ts';
import type { Watcher } from './write-outputs.ts';

/** An archive that was read to its end and can be planned and converted. */
export interface OpenConversion {
  readonly file: OpenArchive;
  readonly read: ReadArchive;
}

/** Keeps the archive that a dialogue is about open, so that it is read once however often the answers change. */
export class ArchiveHolder {
  readonly #io: CommandIo;
  #held: (OpenConversion & { readonly path: string }) | undefined;
  readonly #closing = new AbortController();
  /** One after the other: whoever comes second wants another archive, or waits for the same. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(io: CommandIo) {
    this.#io = io;
  }

  /**
   * True when this archive is held and another one has taken its place on the disk: what was shown of it is not what
   * would be converted.
   */
  async hasChanged(path: string): Promise<boolean> {
    await this.#last;
    return this.#held?.path === path && !(await this.#held.file.archive.isCurrent());
  }

  /**
   * Reads the archive, unless it is the one that is held and has not changed.
   * @throws ToolError for one that cannot be read; none is held then
   */
  hold(path: string, watcher: Watcher): Promise<OpenConversion> {
    const next = this.#last.then(() => this.#hold(path, watcher));
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** Also ends what is being read: whoever leaves does not wait for gigabytes. Nothing can be held any more. */
  async close(): Promise<void> {
    this.#closing.abort(userInterruption());
    await this.#last;
    await this.#release();
  }

  async #hold(path: string, { onEvent, signal }: Watcher): Promise<OpenConversion> {
    if (this.#held?.path === path && (await this.#held.file.archive.isCurrent())) return this.#held;
    await this.#release();
    const file = await this.#opened(path);
    try {
      const read = await readAndInspect({
        ...file,
        onEvent: event => {
          signal?.throwIfAborted();
          this.#closing.signal.throwIfAborted();
          onEvent(event);
        },
      });
      await file.archive.assertUnchanged();
      this.#held = { path, file, read };
      return this.#held;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** A FIFO is open only when somebody writes into it, which may be never: whoever leaves does not wait for that. */
  #opened(path: string): Promise<OpenArchive> {
    const { signal } = this.#closing;
    const left = new Promise<never>((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    return Promise.race([openArchive(path, this.#io), left]);
  }

  async #release(): Promise<void> {
    const held = this.#held;
    this.#held = undefined;
    await held?.file.close();
  }
}
