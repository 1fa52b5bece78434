import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ENTRY = join(ROOT, 'src/cli.ts');
const WORKER = join(ROOT, 'src/builder/squashfs/compress-worker.js');

/** As deep below the package as the folders of src/, so that a path relative to a module holds in both. */
const CHUNKS = 'chunks';

/** A module that takes up to this many characters with all its imports: to load it in vain costs less than its own file. */
const LEAF_BYTES = 5000;

/** What every mode loads behind its arguments: it ends in order, and its result is written. */
const SHARED_ENTRIES = [
  'src/host/temporary.ts',
  'src/host/run-program.ts',
  'src/host/output-file.ts',
  'src/commands/emit-result.ts',
];

/** With what they import, all of an audit that finds nothing: it is to start fast, and needs few leaves. */
const AUDIT_ENTRIES = ['src/commands/check-command.ts', 'src/ui/audit-text.ts'];

/** What opens, spools and writes files in every mode, without what takes threads for it. */
const SHARED_FILES =
  /\/src\/(?:host\/(?:commit|disk|file|open|output|spool|sync|system|temp)|commands\/(?:emit|open-(?!pack)|output))/;

/**
 * Writes the program with all packages that it uses into `directory`: `cli.js`, a chunk with everything that every
 * start needs, a chunk for each part that is imported when it is asked for, and the worker, which is started by its URL.
 * @param {string} directory
 * @returns the packages of which something is in it
 */
export async function bundle(directory) {
  /** @type {ImportGraph} */
  const graph = new Map();
  const build = await rolldown({
    cwd: ROOT,
    input: { cli: ENTRY, 'compress-worker': WORKER },
    platform: 'node',
    // jsonc-parser's CommonJS form finds its own parts at run time, which no bundler can follow.
    resolve: { mainFields: ['module', 'main'] },
    transform: {
      target: 'node20.19',
      define: { 'process.env.NODE_ENV': '"production"', __dirname: 'import.meta.dirname' },
    },
    plugins: [withoutUnused, withoutFetch, lateFunctions, recordImports(graph)],
  });
  /** @type {Set<string> | undefined} */
  let startup;
  const isStartup = (/** @type {string} */ id) => {
    startup ??= importedBy(ENTRY, graph);
    // The entry awaits the part that was asked for, which imports this chunk: in it, both would wait for each other.
    return id !== ENTRY && startup.has(id);
  };
  const isPartOf = (/** @type {string} */ id, /** @type {readonly string[]} */ entries) =>
    entries.some(entry => importedBy(join(ROOT, entry), graph).has(id));
  const isUsedBy = (/** @type {string} */ id, /** @type {string} */ mode) =>
    isPartOf(id, [`src/commands/${mode}-command.ts`]);
  // What a leaf imports is a leaf too, so that their chunk imports no other one that would have to be loaded with it.
  const isLeaf = (/** @type {string} */ id) => {
    const own = [...importedBy(id, graph)].filter(imported => !isStartup(imported));
    return own.reduce((sum, module) => sum + (graph.get(module)?.size ?? 0), 0) <= LEAF_BYTES;
  };
  const { output } = await build.write({
    dir: directory,
    entryFileNames: ({ name }) => (name === 'cli' ? 'cli.js' : `${CHUNKS}/[name].js`),
    chunkFileNames: `${CHUNKS}/[name].js`,
    // Names stay as they are, for the stack in a bug report. Comments only cost time at every start.
    comments: false,
    // Each file costs a start about a millisecond: what several modes share comes in a few, not in one for each pair.
    codeSplitting: {
      groups: [
        { name: 'startup', test: isStartup, priority: 2 },
        { name: 'shared', test: id => isPartOf(id, SHARED_ENTRIES), priority: 2 },
        {
          name: 'audit-leaves',
          test: id => isLeaf(id) && isPartOf(id, AUDIT_ENTRIES),
          minShareCount: 2,
          priority: 1,
        },
        { name: 'leaves', test: isLeaf, minShareCount: 2, priority: 1 },
        { name: 'files', test: SHARED_FILES },
        { name: 'reading', test: id => isUsedBy(id, 'inspect') && isUsedBy(id, 'check') },
        { name: 'planning', test: id => isUsedBy(id, 'inspect') && isUsedBy(id, 'convert') },
        { name: 'making', test: id => isUsedBy(id, 'bake') && isUsedBy(id, 'convert') },
      ],
    },
  });
  await build.close();
  copyFileSync(zstdBinary(), join(directory, CHUNKS, 'zstd.wasm'));
  const modules = output.flatMap(file => (file.type === 'chunk' ? file.moduleIds : []));
  const packages = packagesOf(modules);
  writeFileSync(join(directory, 'LICENSES.txt'), licenses(packages));
  return packages;
}

/**
 * By the module's name; its size as source text.
 * @typedef {Map<string, {readonly imports: readonly string[], readonly size: number}>} ImportGraph
 */

/**
 * What a package imports and this program never lets it use. Commander starts subcommands that are programs of their own,
 * and there are none here: loading that is half of what a `--version` would do otherwise. Ink talks to its developers.
 */
const UNUSED = [
  { module: 'node:child_process', importedBy: '/commander/' },
  { module: './devtools.js', importedBy: '/ink/' },
];

/** @type {import('rolldown').Plugin} */
const withoutUnused = {
  name: 'without-unused',
  resolveId(source, importer) {
    const isUnused = UNUSED.some(
      ({ module, importedBy }) => source === module && importer?.includes(importedBy),
    );
    return isUnused ? '\0unused' : null;
  },
  load: id => (id === '\0unused' ? 'export {};' : null),
};

/** Functions whose modules take milliseconds to load, and which few runs call. */
const LATE_FUNCTIONS = [
  { module: 'fflate/browser', importedBy: '/src/analyze/', names: ['gzipSync'] },
  { module: 'node:child_process', importedBy: '/src/', names: ['spawn'] },
  { module: 'node:crypto', importedBy: '/src/', names: ['createHash', 'hash', 'randomBytes'] },
  { module: 'node:timers/promises', importedBy: '/src/', names: ['setImmediate', 'setTimeout'] },
  {
    module: 'node:zlib',
    importedBy: '/src/analyze/',
    names: ['crc32', 'createInflateRaw', 'gunzipSync'],
  },
];

/**
 * Loads their modules with the first call. One that is imported in a chunk which several modes share would be loaded by
 * all of them otherwise.
 * @type {import('rolldown').Plugin}
 */
const lateFunctions = {
  name: 'late-functions',
  resolveId(source, importer) {
    const isLate = LATE_FUNCTIONS.some(
      ({ module, importedBy }) =>
        source === module && importer?.startsWith(ROOT + importedBy.slice(1)),
    );
    return isLate ? `\0late:${source}` : null;
  },
  load(id) {
    const late = LATE_FUNCTIONS.find(({ module }) => id === `\0late:${module}`);
    if (!late) return null;
    const functions = late.names.map(
      name => `export const ${name} = (...values) => late().${name}(...values);`,
    );
    return `let loaded;
const late = () => (loaded ??= ${lateLoad(late.module)});
${functions.join('\n')}`;
  },
};

/** A package that is required in a function is in the bundle like any other, but its code runs with the first call. */
function lateLoad(/** @type {string} */ module) {
  if (module.startsWith('node:')) return `process.getBuiltinModule('${module}')`;
  return `require(${JSON.stringify(fileURLToPath(import.meta.resolve(module)))})`;
}

/**
 * Yoga would fetch its own code from a data: URL, for which Node.js loads its HTTP client. Without a `fetch` it decodes
 * it, in half the time.
 * @type {import('rolldown').Plugin}
 */
const withoutFetch = {
  name: 'without-fetch',
  transform: (code, id) =>
    id.includes('/yoga-layout/') ? code.replaceAll('typeof fetch', "'undefined'") : null,
};

/**
 * @param {ImportGraph} graph
 * @returns {import('rolldown').Plugin}
 */
function recordImports(graph) {
  return {
    name: 'record-imports',
    moduleParsed({ id, importedIds, code }) {
      graph.set(id, { imports: importedIds, size: code?.length ?? 0 });
    },
  };
}

/**
 * What is loaded together with `entry`: dynamic imports don't count.
 * @param {string} entry
 * @param {ImportGraph} graph
 */
function importedBy(entry, graph) {
  const found = new Set([entry]);
  for (const id of found) {
    for (const imported of graph.get(id)?.imports ?? []) found.add(imported);
  }
  return found;
}

function zstdBinary() {
  const main = createRequire(import.meta.url).resolve('@bokuweb/zstd-wasm');
  return join(dirname(main), 'zstd.wasm');
}

/**
 * The packages of which something is in the bundle, with the folders that they came from.
 * @param {readonly string[]} modules
 */
function packagesOf(modules) {
  const folders = modules.flatMap(id => /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id) ?? []);
  return [...new Set(folders)].sort().map(folder => {
    /** @type {{name: string, version: string, license: string}} */
    const { name, version, license } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    return { folder, name, version, license };
  });
}

/**
 * The licences of the packages in the bundle ask to be passed on with it.
 * @param {ReturnType<typeof packagesOf>} packages
 */
function licenses(packages) {
  return packages
    .map(({ folder, name, version, license }) => {
      const file = readdirSync(folder).find(entry => /^licen[cs]e/i.test(entry));
      const text =
        file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
      return `${name} ${version} (${license})\n${text}`;
    })
    .join(`\n${'-'.repeat(80)}\n\n`);
}
