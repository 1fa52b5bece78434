// One thread of fuzzing: mutates what has reached new code, keeps what reaches more, and tells what fails.
import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { Coverage } from './coverage.mjs';
import { minimize } from './minimize.mjs';
import { Mutator } from './mutator.mjs';

/** Reading the coverage takes longer than most inputs, so that they share it until something is new. */
const BATCH = 16;

const { bundle, inputs, milliseconds, seed, input } = workerData;
const { fuzz, seeds = async () => [] } = await import(bundle);
const counters = new Uint32Array(input, 0, 2);
const place = new Uint8Array(input, 8);
const coverage = await Coverage.start(bundle);
/** @type {Uint8Array[]} */
const corpus = [];
/** Each way to fail is told once. @type {Set<string>} */
const reasons = new Set();
let tried = 0;

const own = await seeds();
for (const bytes of [...own, ...inputs]) await tryAlone(bytes);
const mutator = new Mutator(seed, [...own, ...inputs]);
const start = performance.now();
while (performance.now() - start < milliseconds) {
  const batch = Array.from({ length: BATCH }, () => mutator.mutate(corpus));
  for (const bytes of batch) await run(bytes);
  if (await coverage.isNew()) for (const bytes of batch) await tryAlone(bytes);
}
say(`${tried} inputs, ${corpus.length} kept, ${coverage.size} places reached, seed ${seed}`);
process.exit(0);

/** @param {Uint8Array} bytes */
async function tryAlone(bytes) {
  await coverage.isNew();
  await run(bytes);
  if (!(await coverage.grow())) return;
  corpus.push(bytes);
  const name = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
  parentPort?.postMessage({ kind: 'kept', name, bytes });
}

/** @param {Uint8Array} bytes */
async function run(bytes) {
  const reason = await failureOf(bytes);
  if (reason === undefined || reasons.has(reason)) return;
  reasons.add(reason);
  const small = await minimize(bytes, async candidate => (await failureOf(candidate)) === reason);
  parentPort?.postMessage({ kind: 'finding', reason, bytes: small });
}

/**
 * @param {Uint8Array} bytes
 * @returns {Promise<string | undefined>} where it failed: numbers and texts of a message differ from input to input
 */
async function failureOf(bytes) {
  place.set(bytes.subarray(0, place.length));
  counters[1] = Math.min(bytes.length, place.length);
  Atomics.add(counters, 0, 1);
  tried += 1;
  try {
    await fuzz(new Uint8Array(bytes));
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) return String(error);
    const [, ...frames] = (error.stack ?? '').split('\n    at ');
    return `${error.name}: ${error.message.slice(0, 60)} at ${frames.slice(0, 2).join(' < ')}`
      .replaceAll(bundle, '')
      .replaceAll(/"[^"]*"?/g, '…');
  }
}

/** @param {string} text */
function say(text) {
  parentPort?.postMessage({ kind: 'said', text });
}
