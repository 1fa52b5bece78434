import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseCommandLine } from '../../src/command-line/options.ts';
import { inspectCommand } from '../../src/commands/inspect-command.ts';
import { fakeIo } from './fake-io.ts';

/**
 * What `--inspect` says about an archive, without a process of its own.
 * @param archiveName as Torcx named it: `zfs:2.1.5.torcx.tgz`
 */
export async function inspectInProcess(
  archive: Uint8Array,
  archiveName: string,
  args: readonly string[] = [],
): Promise<{ readonly exitCode: number; readonly stdout: string; readonly stderr: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'inspect-'));
  try {
    const path = join(directory, archiveName);
    writeFileSync(path, archive);
    const argv = ['--inspect', '--progress', 'none', ...args, path];
    const options = parseCommandLine(argv, {}, { stdin: false, stdout: false, stderr: false });
    if (options.mode !== 'inspect') throw new Error(`${argv.join(' ')} does not inspect`);
    const io = fakeIo();
    const exitCode = await inspectCommand(options, io);
    return { exitCode, ...io.said };
  } finally {
    rmSync(directory, { recursive: true });
  }
}
