import { rolldown } from 'rolldown';

/**
 * Makes one script of a target and what it tests: Node 20 cannot run TypeScript, and V8 counts what runs by script.
 * @param {string} entry
 * @param {string} file
 */
export async function bundleTarget(entry, file) {
  const build = await rolldown({
    input: entry,
    platform: 'node',
    resolve: { mainFields: ['module', 'main'] },
    // Its WebAssembly lies beside it.
    external: ['@bokuweb/zstd-wasm'],
  });
  await build.write({ file, format: 'esm', codeSplitting: false });
  await build.close();
}
