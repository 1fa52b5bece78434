import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseCommandLine } from '../../src/command-line/options.ts';
import { checkCommand } from '../../src/commands/check-command.ts';
import type { CommandIo } from '../../src/commands/command-io.ts';

export interface Checked {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Files by their path; what starts with `-> ` is a link. */
export type Tree = Readonly<Record<string, string | Uint8Array>>;

/** Makes the tree in a directory of its own, which is removed when `work` is done. */
export async function withTree<T>(tree: Tree, work: (directory: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'check-'));
  try {
    writeTree(tree, directory);
    return await work(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

export function writeTree(tree: Tree, directory: string): void {
  for (const [path, content] of Object.entries(tree)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    const [, target] = typeof content === 'string' ? (/^-> (.*)$/.exec(content) ?? []) : [];
    if (target === undefined) writeFileSync(join(directory, path), content);
    else symlinkSync(target, join(directory, path));
  }
}

/** What the command says, without a process of its own. @throws what it throws */
export async function checkInProcess(
  args: readonly string[],
  io: Partial<CommandIo> = {},
): Promise<Checked> {
  const options = parseCommandLine(args, {}, { stdin: false, stdout: false, stderr: false });
  if (options.mode !== 'check') throw new Error(`${args.join(' ')} is no audit`);
  let stdout = '';
  let stderr = '';
  const exitCode = await checkCommand(options, {
    stdout: async text => {
      stdout += text;
    },
    stderr: text => {
      stderr += text;
    },
    async *stdin() {},
    now: () => 0,
    columns: 80,
    ...io,
  });
  return { exitCode, stdout, stderr };
}
