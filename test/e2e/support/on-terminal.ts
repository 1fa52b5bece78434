import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { CLI } from './convert.ts';
import { openTmux, type TmuxTerminal } from './tmux-terminal.ts';

/** How a shell calls the program. */
export const PROGRAM = `'${process.execPath}' '${CLI}'`;

export interface TerminalStage {
  readonly terminal: TmuxTerminal;
  /** The shell's working directory. */
  readonly cwd: string;
}

export interface StageOptions {
  readonly size?: { readonly columns: number; readonly rows: number };
  readonly env?: Readonly<Record<string, string>>;
  /** Puts files into the working directory. */
  readonly prepare: (cwd: string) => void;
  /** What is there afterwards, hidden files included; by default what was there before. */
  readonly leaves?: readonly string[];
}

/**
 * A shell on a terminal, in a directory of its own. When `work` is done the terminal must be as it was before, no
 * temporary file may be left, and the directory has to have what is said, and nothing else.
 */
export async function onTerminal(
  { size = { columns: 80, rows: 24 }, env, prepare, leaves }: StageOptions,
  work: (stage: TerminalStage) => Promise<void>,
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'e2e-terminal-'));
  const cwd = join(directory, 'work');
  const temporary = join(directory, 'tmp');
  mkdirSync(cwd);
  mkdirSync(temporary);
  prepare(cwd);
  const files = leaves ?? readdirSync(cwd).sort();
  const terminal = await openTmux({ ...size, cwd, env: { TMPDIR: temporary, ...env } });
  try {
    const before = await terminal.state();
    expect(before).toMatchObject({ isAlternate: false, hasCursor: true, wraps: true });
    await work({ terminal, cwd });
    expect(await terminal.state()).toEqual(before);
    expect(readdirSync(temporary)).toEqual([]);
    expect(readdirSync(cwd).sort()).toEqual(files);
  } finally {
    await terminal.close();
    rmSync(directory, { recursive: true, force: true });
  }
}
