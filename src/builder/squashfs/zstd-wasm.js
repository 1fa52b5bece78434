// Plain JavaScript, because the worker thread imports it.

/** @typedef {typeof import('@bokuweb/zstd-wasm')} ZstdWasm */
/** @type {Promise<ZstdWasm> | undefined} */
let loading;

/**
 * libzstd as WASM, loaded when it is asked for. Its init() must run once only: a second one replaces the module's memory
 * some time after it has returned, under the feet of a compression that is going on.
 * @returns {Promise<ZstdWasm>}
 */
export function loadZstdWasm() {
  loading ??= load();
  return loading;
}

async function load() {
  const zstd = await import('@bokuweb/zstd-wasm');
  await zstd.init();
  return zstd;
}
