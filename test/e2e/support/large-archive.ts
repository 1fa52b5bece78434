import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { noise } from '../../support/image-trees.ts';
import { member, tar } from '../../support/tar-builder.ts';

const FILES = 8;
const FILE_BYTES = 1 << 20;

/** Writes an archive whose conversion takes long enough to be hit in the middle. */
export function largeArchive(directory: string): string {
  const members = Array.from({ length: FILES }, (_, index) =>
    member({ name: `share/file-${index}`, data: noise(FILE_BYTES, index + 1) }),
  );
  const path = join(directory, 'tool.torcx.tgz');
  writeFileSync(path, gzipSync(tar(...members), { level: 1 }));
  return path;
}
