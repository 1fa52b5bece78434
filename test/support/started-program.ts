import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface StartedProgram {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Files of the bundle that were loaded, relative to it, in byte order; those of worker threads too. */
  readonly files: readonly string[];
}

/** Runs the command of a bundle to its end, and lists the files that it loaded. */
export function startProgram(bundle: string, args: readonly string[]): StartedProgram {
  const coverage = mkdtempSync(join(tmpdir(), 'coverage-'));
  try {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [join(bundle, 'cli.js'), ...args],
      { encoding: 'utf8', env: { PATH: process.env.PATH, NODE_V8_COVERAGE: coverage } },
    );
    const files = readdirSync(coverage)
      .flatMap(file => executedScripts(readFileSync(join(coverage, file), 'utf8')))
      .map(url => relative(bundle, fileURLToPath(url)));
    return { status, stdout, stderr, files: [...new Set(files)].sort() };
  } finally {
    rmSync(coverage, { recursive: true });
  }
}

function executedScripts(coverage: string): string[] {
  const { result }: { result: { url: string }[] } = JSON.parse(coverage);
  return result.map(({ url }) => url).filter(url => url.startsWith('file:'));
}
