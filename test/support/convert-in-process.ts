import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCommandLine } from '../../src/command-line/options.ts';
import { convertCommand } from '../../src/commands/convert-command.ts';

export interface Converted {
  readonly image: Buffer;
  readonly markdown: string;
  readonly json: string;
}

/**
 * What the command makes of an archive, without a process of its own. Reports name files without their directory, so
 * they are the same wherever the test runs.
 * @param archiveName as Torcx named it: `zfs:2.1.5.torcx.tgz`
 */
export async function convertInProcess(
  archive: Uint8Array,
  archiveName: string,
  args: readonly string[] = [],
): Promise<Converted> {
  const directory = mkdtempSync(join(tmpdir(), 'convert-'));
  try {
    const archivePath = join(directory, archiveName);
    writeFileSync(archivePath, archive);
    const argv = [archivePath, '--output', directory, '--quiet', '--jobs', '1', ...args];
    const options = parseCommandLine(argv, {}, { stdin: false, stdout: false, stderr: false });
    if (options.mode !== 'convert') throw new Error(`${argv.join(' ')} is no conversion`);
    await convertCommand(options, {
      stdout: async () => {},
      stderr: () => {},
      async *stdin() {},
      now: () => 0,
      columns: 80,
    });
    const written = (suffix: string) => readFileSync(join(directory, `${options.name}${suffix}`));
    return {
      image: written('.raw'),
      markdown: written('.report.md').toString(),
      json: written('.report.json').toString(),
    };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
