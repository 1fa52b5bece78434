import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { parseCommandLine } from '../../../../src/command-line/options.ts';
import { checkOnScreen } from '../../../../src/commands/check-on-screen.ts';
import { type Tree, writeTree } from '../../../support/check-in-process.ts';
import { type FakeIo, fakeIo } from '../../../support/fake-io.ts';
import { FakeTerminal } from './fake-terminal.ts';
import type { TestTerminal } from './test-terminal.ts';

export interface OpenAudit {
  readonly terminal: FakeTerminal;
  readonly io: FakeIo;
  /** The exit code, once it was left. */
  readonly ended: Promise<number>;
  /** Below which the tree lies. */
  readonly root: string;
}

export interface AuditTest {
  readonly tree: Tree;
  readonly size?: TestTerminal;
  readonly args?: readonly string[];
}

/** Starts `--check -i` on a node's tree, with a terminal of the given size, and waits for its findings. */
export async function openAudit(options: AuditTest): Promise<OpenAudit> {
  const audit = startAudit(options);
  await audit.terminal.until(/Findings|too small/);
  return audit;
}

export function startAudit({
  tree,
  size = { columns: 80, rows: 24 },
  args = [],
}: AuditTest): OpenAudit {
  const root = mkdtempSync(join(tmpdir(), 'audit-'));
  writeTree(tree, root);
  const argv = ['--check', '/etc', '-i', '--root', root, ...args];
  const options = parseCommandLine(argv, {}, { stdin: true, stdout: true, stderr: true });
  if (options.mode !== 'check') throw new Error(`${argv.join(' ')} is no audit`);
  const terminal = new FakeTerminal(size, size.charset);
  const io = fakeIo();
  const ended = checkOnScreen(options, { ...io, openTerminal: async () => terminal });
  ended.catch(() => undefined);
  onTestFinished(async () => {
    terminal.press('ctrl-c');
    await ended.catch(() => undefined);
    rmSync(root, { recursive: true });
  });
  return { terminal, io, ended, root };
}
