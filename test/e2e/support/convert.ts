import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConvertReport } from '../../../src/convert/report.ts';
import { type CommandResult, runCommand } from './run-command.ts';

export const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url));

/** The built command. */
export const CLI = join(REPOSITORY, 'dist/cli.js');

export interface ConvertOptions {
  readonly archive: string;
  /** The extension's name. */
  readonly name: string;
  /** Where image and reports go. */
  readonly directory: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The Node that runs the command; this one if absent. */
  readonly node?: string;
}

export interface Conversion {
  readonly result: CommandResult;
  /** Path of NAME.raw. */
  readonly image: string;
  readonly markdown: string;
  readonly report: ConvertReport;
}

/** Converts with the built command, as a user does. Rejects when it fails. */
export async function convert(options: ConvertOptions): Promise<Conversion> {
  const { archive, name, directory } = options;
  mkdirSync(directory, { recursive: true });
  const image = join(directory, `${name}.raw`);
  const args = [CLI, ...(options.args ?? []), archive, name, '-o', image];
  const result = await runCommand(options.node ?? process.execPath, args, {
    ...(options.env && { env: options.env }),
    timeLimit: 300_000,
  });
  if (result.status !== 0) {
    throw new Error(`convert exited ${result.status}\n${result.stdout}\n${result.stderr}`);
  }
  const report: ConvertReport = JSON.parse(readReport(directory, `${name}.report.json`));
  return { result, image, markdown: readReport(directory, `${name}.report.md`), report };
}

function readReport(directory: string, file: string): string {
  return readFileSync(join(directory, file), 'utf8');
}
