import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import { createGunzip } from 'node:zlib';

const BATCH = 1 << 20;
const BLOCK = 1 << 17;
const CODEC = { name: 'zstd', level: 5 };

/**
 * What no conversion can undercut as long as it inflates first and compresses then: the input inflated, and its blocks
 * compressed on all processors, with nothing around it. Prints milliseconds; run by limit of each Node.js.
 */
const [archive = ''] = process.argv.slice(2);
const input = readFileSync(archive);
const tar = await inflate();
process.stdout.write(
  `${JSON.stringify({ inflate: tar.time, compress: await compress(tar.chunks) })}\n`,
);
process.exit(0);

async function inflate() {
  const gunzip = createGunzip({ chunkSize: BATCH });
  const start = performance.now();
  /** @type {Buffer[]} */
  const chunks = [];
  gunzip.end(input);
  for await (const chunk of gunzip) chunks.push(chunk);
  return { time: performance.now() - start, chunks };
}

/** @param {readonly Buffer[]} chunks */
async function compress(chunks) {
  const url = new URL('../../src/builder/squashfs/compress-worker.js', import.meta.url);
  const workers = Array.from(
    { length: availableParallelism() },
    () => new Worker(url, { workerData: CODEC }),
  );
  const waiting = [...chunks];
  const send = (/** @type {Worker} */ worker, /** @type {Buffer} */ chunk) => {
    const buffer = new ArrayBuffer(BATCH);
    new Uint8Array(buffer).set(chunk);
    const lengths = Uint32Array.from({ length: Math.ceil(chunk.length / BLOCK) }, (_, at) =>
      Math.min(BLOCK, chunk.length - at * BLOCK),
    );
    worker.postMessage({ buffer, lengths }, [buffer]);
  };
  // One batch each before the clock starts: threads and WebAssembly are ready then.
  await Promise.all(
    workers.map(worker => {
      send(worker, Buffer.alloc(BLOCK, 'warm'));
      return new Promise(resolve => worker.once('message', resolve));
    }),
  );
  const start = performance.now();
  await Promise.all(
    workers.map(async worker => {
      const next = () => waiting.shift();
      for (let chunk = next(); chunk; chunk = next()) {
        send(worker, chunk);
        await new Promise(resolve => worker.once('message', resolve));
      }
    }),
  );
  return performance.now() - start;
}
