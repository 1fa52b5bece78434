import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedsOf } from '../fuzz/lib/seeds.mjs';
import * as audit from '../fuzz/targets/audit.ts';
import * as conversion from '../fuzz/targets/conversion.ts';
import * as elf from '../fuzz/targets/elf.ts';
import * as gzip from '../fuzz/targets/gzip.ts';
import * as imageCheck from '../fuzz/targets/image-check.ts';
import * as manifest from '../fuzz/targets/manifest.ts';
import * as script from '../fuzz/targets/script.ts';
import * as squashfs from '../fuzz/targets/squashfs.ts';
import * as tar from '../fuzz/targets/tar.ts';
import * as unitFile from '../fuzz/targets/unit-file.ts';
import { recordFigure } from './support/record-figure.ts';

interface Target {
  readonly fuzz: (data: Uint8Array) => Promise<void> | void;
  readonly seeds?: () => Promise<Uint8Array[]>;
}

/** What must hold for any bytes, and how many are tried in each run of the tests; `fuzz/run.mjs` tries millions. */
const TARGETS: Readonly<Record<string, readonly [target: Target, runs: number]>> = {
  audit: [audit, 150],
  conversion: [conversion, 60],
  elf: [elf, 300],
  gzip: [gzip, 300],
  'image-check': [imageCheck, 300],
  manifest: [manifest, 300],
  script: [script, 150],
  squashfs: [squashfs, 300],
  tar: [tar, 300],
  'unit-file': [unitFile, 150],
};

test('every target is here', () => {
  const files = readdirSync(new URL('../fuzz/targets', import.meta.url));
  expect(files).toEqual(Object.keys(TARGETS).map(name => `${name}.ts`));
});

describe('any bytes', () => {
  test.for(Object.entries(TARGETS))('%s', async ([name, [target, numRuns]], context) => {
    const seeds = [...seedsOf(name), ...((await target.seeds?.()) ?? [])];
    for (const seed of seeds.slice(0, 20)) await target.fuzz(seed);
    const run = async (data: Uint8Array) => target.fuzz(data);
    await fc.assert(fc.asyncProperty(changed(seeds), run), { numRuns });
    recordFigure(context, `${Math.min(seeds.length, 20) + numRuns} inputs`);
  });
});

/** What broke a target once, by what was wrong about it. */
const FOUND: readonly (readonly [name: string, target: Target, input: string])[] = [
  [
    'a variable behind a NUL, in a here-document that never ends',
    script,
    'i<<REPORT\n[l]\nW=${TORCX_UNPACKDIR}\n[Service]\n\0TORCX_UNPACKDIR\nREPORT',
  ],
  [
    'a variable with a bracket in its name before one without',
    unitFile,
    '[I]\nExecSt=/usr/bin/env PATH=${TORCX_BINDIR{} ${TORCX_BINDIR}/z}',
  ],
];

test.each(FOUND)('found by fuzzing: %s', async (_, target, input) => {
  await target.fuzz(Buffer.from(input, 'latin1'));
});

/** One of the seeds with a few changes. What fails is shrunk to the changes that matter. */
function changed(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const change = fc.record({
    place: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(600)),
    added: fc.oneof(
      fc.uint8Array({ maxLength: 8 }),
      fc.constantFrom(0, 1, 0x7f, 0x80, 0xff).map(byte => Uint8Array.of(byte, byte, byte, byte)),
    ),
    inPlace: fc.boolean(),
  });
  return fc
    .record({ seed: fc.constantFrom(...seeds), changes: fc.array(change, { maxLength: 6 }) })
    .map(({ seed, changes }) => changes.reduce(apply, seed));
}

function apply(
  bytes: Uint8Array,
  change: { place: number; removed: number; added: Uint8Array; inPlace: boolean },
): Uint8Array {
  const { place, removed, added, inPlace } = change;
  const at = Math.floor(place * bytes.length);
  const end = at + (inPlace ? added.length : removed);
  return Buffer.concat([bytes.subarray(0, at), added, bytes.subarray(end)]);
}
