import { gzipSync } from 'node:zlib';
import { fixtureImage, TORCX_NAMES } from './fixture-images.ts';
import { noise, prose } from './image-trees.ts';
import { member, tar } from './tar-builder.ts';

/** A conversion whose image must have the same bytes wherever and however often it is made. */
export interface GoldenInput {
  readonly name: string;
  /** As Torcx named it: `zfs:2.1.5.torcx.tgz`. */
  readonly archiveName: string;
  readonly archive: Uint8Array;
  readonly args: readonly string[];
}

/** Every fixture, and an archive of many blocks with each compressor. */
export function goldenInputs(): GoldenInput[] {
  const fixtures = Object.entries(TORCX_NAMES).map(([name, torcxName]) => ({
    name,
    archiveName: `${torcxName}.torcx.tgz`,
    archive: fixtureImage(`${name}.torcx.tgz`),
    args: [],
  }));
  const large = { archiveName: 'large:1.torcx.tgz', archive: largeArchive() };
  return [
    ...fixtures,
    { ...large, name: 'large-zstd', args: [] },
    { ...large, name: 'large-gzip', args: ['--compression', 'gzip'] },
  ];
}

/** What can be compressed and what cannot, in full blocks, ends of files and a copy. */
function largeArchive(): Uint8Array {
  const files = [
    { name: 'bin/prose', data: prose(900_000) },
    { name: 'bin/noise', data: noise(300_000) },
    { name: 'bin/copy', data: prose(900_000) },
    { name: 'share/mixed', data: Buffer.concat([prose(200_000, 2), noise(70_000, 2)]) },
    { name: 'share/zeros', data: new Uint8Array(400_000) },
  ];
  return gzipSync(tar(...files.map(file => member({ ...file, mode: 0o755 }))));
}
