import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parseCommandLine } from '../../../../src/command-line/options.ts';
import { inspectOnScreen } from '../../../../src/commands/inspect-on-screen.ts';
import { type FakeIo, fakeIo } from '../../../support/fake-io.ts';
import { fixtureImage, TORCX_NAMES } from '../../../support/fixture-images.ts';
import { FakeTerminal } from './fake-terminal.ts';
import type { TestTerminal } from './test-terminal.ts';

export interface OpenAnalyser {
  readonly terminal: FakeTerminal;
  readonly io: FakeIo;
  /** The exit code, once it was left. */
  readonly ended: Promise<number>;
  /** Where the archive lies. */
  readonly directory: string;
}

export interface AnalyserTest {
  /** Name in fixtures/images, without what follows the first dot; or an archive. */
  readonly image: string | Uint8Array;
  readonly size?: TestTerminal;
  readonly args?: readonly string[];
}

/** Starts `--inspect` on a terminal of the given size, and waits for its tree. */
export async function openAnalyser(test: AnalyserTest): Promise<OpenAnalyser> {
  const analyser = startAnalyser(test);
  await analyser.terminal.until(/Files\b.* of |too small/);
  return analyser;
}

function startAnalyser({
  image,
  size = { columns: 80, rows: 24 },
  args = [],
}: AnalyserTest): OpenAnalyser {
  const directory = mkdtempSync(join(tmpdir(), 'analyser-'));
  const name = typeof image === 'string' ? TORCX_NAMES[image] : 'test:1';
  const path = join(directory, `${name}.torcx.tgz`);
  writeFileSync(path, typeof image === 'string' ? fixtureImage(`${image}.torcx.tgz`) : image);
  const argv = ['--inspect', ...args, path];
  const options = parseCommandLine(argv, {}, { stdin: true, stdout: true, stderr: true });
  if (options.mode !== 'inspect') throw new Error(`${argv.join(' ')} does not inspect`);
  const terminal = new FakeTerminal(size, size.charset);
  const io = fakeIo();
  const ended = inspectOnScreen(options, io, terminal);
  ended.catch(() => undefined);
  onTestFinished(async () => {
    terminal.press('ctrl-c');
    await ended.catch(() => undefined);
    rmSync(directory, { recursive: true });
  });
  return { terminal, io, ended, directory };
}
