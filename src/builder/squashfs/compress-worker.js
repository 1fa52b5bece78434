// One compression thread. It gets a batch of blocks, packs them in the buffer that they came in, and sends it back.
import { parentPort, workerData } from 'node:worker_threads';
import { openCodec, packBlocks } from './block-codec.js';

const compress = await openCodec(workerData);

parentPort?.on('message', ({ buffer, lengths }) => {
  const { words, length } = packBlocks(compress, buffer, lengths);
  parentPort?.postMessage({ buffer, words, length }, [buffer]);
});
