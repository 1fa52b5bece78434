// Plain JavaScript, because the worker thread imports it.

/** @typedef {typeof import('@bokuweb/zstd-wasm')} ZstdWasm */
/** @type {Promise<ZstdWasm> | undefined} */
let loading;

/** The code of the error when the system gives a module no memory. */
export const NO_WASM_MEMORY = 'ERR_NO_WASM_MEMORY';

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
  await Promise.race([zstd.init(), failureOfInstantiate()]);
  return zstd;
}

/**
 * The package logs a module that cannot be instantiated, and then its init() waits forever. So this looks on.
 * @returns {Promise<never>} rejected when the next module gets no memory; otherwise it stays pending
 */
function failureOfInstantiate() {
  const { WebAssembly } =
    /** @type {{ WebAssembly: { instantiate: (...args: unknown[]) => Promise<unknown> } }} */ (
      /** @type {unknown} */ (globalThis)
    );
  const original = WebAssembly.instantiate;
  return new Promise((_, reject) => {
    WebAssembly.instantiate = (...args) => {
      WebAssembly.instantiate = original;
      const instance = original(...args);
      instance.catch(cause => {
        const error = new Error('WebAssembly gets no memory', { cause });
        reject(Object.assign(error, { code: NO_WASM_MEMORY }));
      });
      return instance;
    };
  });
}
