import { SHARE_ENV, Worker } from 'node:worker_threads';
import { ToolError } from '../../errors.ts';
import type { Batch, BlockCompressor, Compression, PackedBatch } from './block-compressor.ts';
import { codecFailure } from './codec-failure.ts';

/** A thread has one batch in work and two that wait, so that it does not idle while a result travels or a plan is made. */
const BATCHES_PER_THREAD = 3;

interface Job {
  readonly resolve: (packed: PackedBatch) => void;
  readonly reject: (cause: Error) => void;
}

interface Thread {
  readonly worker: Worker;
  /** In the order in which they were sent, which is the order of the answers. */
  readonly jobs: Job[];
}

/** Packs batches in worker threads, which start as they are needed: a small image does not pay for eight. */
export class WorkerPool implements BlockCompressor {
  readonly #compression: Compression;
  readonly #size: number;
  readonly #threads: Thread[] = [];
  #failure: Error | undefined;

  constructor(compression: Compression, size: number) {
    this.#compression = compression;
    this.#size = size;
  }

  /** Starts threads that will be needed, up to `count`, before there is work for them. */
  start(count: number): void {
    while (this.#threads.length < Math.min(count, this.#size)) this.#startThread();
  }

  pack(batch: Batch): Promise<PackedBatch> {
    return new Promise((resolve, reject) => {
      if (this.#failure) {
        reject(this.#failure);
        return;
      }
      const thread = this.#pickThread();
      thread.jobs.push({ resolve, reject });
      thread.worker.postMessage(batch, [batch.buffer]);
    });
  }

  async close(): Promise<void> {
    this.#fail(new Error('the compression threads were stopped'));
    await Promise.all(this.#threads.map(thread => thread.worker.terminate()));
  }

  #pickThread(): Thread {
    const idlest = this.#threads.reduce<Thread | undefined>(
      (best, thread) => (best && best.jobs.length <= thread.jobs.length ? best : thread),
      undefined,
    );
    const isFree = idlest !== undefined && idlest.jobs.length === 0;
    if (isFree || (idlest && this.#threads.length >= this.#size)) return idlest;
    return this.#startThread();
  }

  #startThread(): Thread {
    const worker = new Worker(new URL('./compress-worker.js', import.meta.url), {
      workerData: this.#compression,
      // Not a copy of it for each thread; none looks at it.
      env: SHARE_ENV,
      // What a block leaves behind is gone when the next is packed: more room would only be filled with it.
      resourceLimits: { maxYoungGenerationSizeMb: 4 },
    });
    const thread: Thread = { worker, jobs: [] };
    worker.on('message', (packed: PackedBatch) => thread.jobs.shift()?.resolve(packed));
    worker.on('error', cause => {
      const failure = codecFailure(cause);
      const isKnown = failure instanceof ToolError;
      this.#fail(isKnown ? failure : lostThread('failed', cause));
    });
    worker.on('exit', code => this.#fail(lostThread(`ended with code ${code}`)));
    this.#threads.push(thread);
    return thread;
  }

  /** One lost batch makes the image worthless: everything that waits, and all that comes, fails with the first cause. */
  #fail(cause: Error): void {
    this.#failure ??= cause;
    for (const thread of this.#threads) {
      for (const job of thread.jobs.splice(0)) job.reject(this.#failure);
    }
  }
}

function lostThread(reason: string, cause?: unknown): ToolError {
  return new ToolError('thread-lost', { reason }, { cause });
}

/** How many batches keep `jobs` threads busy. More only cost memory. */
export function backlogFor(jobs: number): number {
  return jobs > 1 ? jobs * BATCHES_PER_THREAD + 1 : 1;
}
