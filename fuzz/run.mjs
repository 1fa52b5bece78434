#!/usr/bin/env node
// npm run fuzz -- all|TARGET [SECONDS [SEED]]   looks for inputs that break what a target says must hold
// npm run fuzz -- TARGET FILE                   tries one input
// README.md says what becomes of a finding.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundleTarget } from './lib/bundle-target.mjs';
import { fuzzInThread } from './lib/fuzz-in-thread.mjs';
import { seedsOf } from './lib/seeds.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const TARGETS = readdirSync(join(HERE, 'targets')).map(file => file.replace(/\.ts$/, ''));

const [wanted = 'all', second = '60', seed = `${Date.now() % 2 ** 31}`] = process.argv.slice(2);
process.exit(await main());

async function main() {
  if (TARGETS.includes(wanted) && existsSync(second)) return tryFile(wanted, second);
  if (!(wanted === 'all' || TARGETS.includes(wanted)) || !(Number(second) > 0)) {
    say(`usage: npm run fuzz -- ${TARGETS.join('|')}|all [SECONDS [SEED]]`);
    return 2;
  }
  let findings = 0;
  for (const target of wanted === 'all' ? TARGETS : [wanted]) findings += await fuzz(target);
  return findings === 0 ? 0 : 1;
}

/**
 * @param {string} target
 * @returns {Promise<number>} how many findings there were
 */
async function fuzz(target) {
  const bundle = await bundleOf(target);
  const corpus = join(HERE, 'out', target, 'corpus');
  mkdirSync(corpus, { recursive: true });
  const kept = readdirSync(corpus).map(name => readFileSync(join(corpus, name)));
  let findings = 0;
  await fuzzInThread({
    bundle,
    inputs: [...seedsOf(target), ...kept],
    seconds: Number(second),
    seed: Number(seed),
    onKept: (name, bytes) => writeFileSync(join(corpus, name), bytes),
    onFinding(reason, bytes) {
      findings += 1;
      const file = join(HERE, 'out', target, `finding-${seed}-${findings}`);
      writeFileSync(file, bytes);
      say(`${target}: ${reason}\n  ${file} (${bytes.length} bytes)`);
    },
    onSaid: text => say(`${target}: ${text}`),
  });
  return findings;
}

/**
 * @param {string} target
 * @param {string} file
 */
async function tryFile(target, file) {
  const { fuzz } = await import(pathToFileURL(await bundleOf(target)).href);
  try {
    await fuzz(new Uint8Array(readFileSync(file)));
    say(`${target}: all holds`);
    return 0;
  } catch (error) {
    say(`${target}: ${error instanceof Error ? error.stack : error}`);
    return 1;
  }
}

/** @param {string} target */
async function bundleOf(target) {
  const bundle = join(HERE, 'out', target, 'target.mjs');
  await bundleTarget(join(HERE, 'targets', `${target}.ts`), bundle);
  return bundle;
}

/** @param {string} text */
function say(text) {
  process.stderr.write(`${text}\n`);
}
