import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** An input that takes longer has found what to slow the program down with. */
const PATIENCE_MILLISECONDS = 10_000;
/** The program never needs as much for inputs of this size. */
const HEAP_MEGABYTES = 1024;
const MAX_INPUT_BYTES = 1 << 18;

/**
 * @typedef {object} Round
 * @property {string} bundle a target with all that it needs
 * @property {readonly Uint8Array[]} inputs to start from
 * @property {number} seconds
 * @property {number} seed
 * @property {(name: string, bytes: Uint8Array) => void} onKept an input that has reached new code
 * @property {(reason: string, bytes: Uint8Array) => void} onFinding
 * @property {(text: string) => void} onSaid
 */

/**
 * Fuzzes in a thread that can be ended when it hangs or takes too much memory.
 * @param {Round} round
 * @returns {Promise<void>}
 */
export function fuzzInThread({ bundle, inputs, seconds, seed, onKept, onFinding, onSaid }) {
  const input = new SharedArrayBuffer(8 + MAX_INPUT_BYTES);
  const worker = new Worker(new URL('./fuzz-worker.mjs', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
    workerData: {
      bundle: pathToFileURL(bundle).href,
      inputs: inputs.filter(bytes => bytes.length <= MAX_INPUT_BYTES),
      milliseconds: seconds * 1000,
      seed,
      input,
    },
  });
  return new Promise(resolve => {
    const watch = watchdog(input, () => {
      onFinding('takes too long', currentInput(input));
      void worker.terminate();
    });
    worker.on('message', message => {
      if (message.kind === 'kept') onKept(message.name, message.bytes);
      else if (message.kind === 'finding') onFinding(message.reason, message.bytes);
      else onSaid(message.text);
    });
    worker.on('error', error => onFinding(String(error), currentInput(input)));
    worker.on('exit', () => {
      clearInterval(watch);
      resolve();
    });
  });
}

/**
 * Calls back when the number of inputs that have been tried no longer grows.
 * @param {SharedArrayBuffer} input
 * @param {() => void} onHang
 */
function watchdog(input, onHang) {
  const counters = new Uint32Array(input, 0, 2);
  let last = Atomics.load(counters, 0);
  return setInterval(() => {
    const now = Atomics.load(counters, 0);
    if (now === last && now > 0) onHang();
    last = now;
  }, PATIENCE_MILLISECONDS);
}

/** @param {SharedArrayBuffer} input */
function currentInput(input) {
  const [, length = 0] = new Uint32Array(input, 0, 2);
  return new Uint8Array(input.slice(8, 8 + length));
}
