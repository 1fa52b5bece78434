import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { REPOSITORY } from './convert.ts';
import { runChecked } from './run-command.ts';

/** The path of the real Docker image, which is made once and kept in the cache directory. */
export async function dockerArchive(): Promise<string> {
  const script = join(REPOSITORY, 'fixtures/make-docker-image.mjs');
  return (await runChecked(process.execPath, [script], { timeLimit: 600_000 })).trim();
}

/** The path of an archive laid out as Docker's static releases, of the same programs; made and kept likewise. */
export async function dockerRelease(): Promise<string> {
  const script = join(REPOSITORY, 'fixtures/make-docker-release.mjs');
  return (await runChecked(process.execPath, [script], { timeLimit: 600_000 })).trim();
}

/**
 * A fixture under the name that Torcx gave images, `NAME:REFERENCE.torcx.tgz`, which the repository avoids because a
 * colon is not possible in every file system that git writes to.
 */
export function fixtureArchive(options: {
  readonly fixture: string;
  /** `zfs:2.1.5` */
  readonly torcxName: string;
  readonly directory: string;
}): string {
  mkdirSync(options.directory, { recursive: true });
  const path = join(options.directory, `${options.torcxName}.torcx.tgz`);
  copyFileSync(join(REPOSITORY, 'fixtures/images', `${options.fixture}.torcx.tgz`), path);
  return path;
}
