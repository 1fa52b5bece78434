import { expect, it, test } from 'vitest';
import { OPTIONS } from '../../../src/command-line/option-table.ts';
import { parseCommandLine } from '../../../src/command-line/options.ts';
import { completionCommand } from '../../../src/commands/completion-command.ts';
import { completedOptions } from '../../../src/ui/completion/completed-options.ts';
import { fakeIo } from '../../support/fake-io.ts';

const PIPES = { stdin: false, stdout: false, stderr: false };

async function scriptFor(shell: string): Promise<string> {
  const options = parseCommandLine(['--completion', shell], {}, PIPES);
  if (options.mode !== 'completion') throw new Error(`parsed as ${options.mode}`);
  const io = fakeIo();
  expect(await completionCommand(options, io)).toBe(0);
  return io.said.stdout;
}

it('knows each option of the table, with what it can be', () => {
  const options = completedOptions();
  expect(options).toHaveLength(Object.keys(OPTIONS).length + 2);
  expect(options.find(({ long }) => long === '--arch')?.value).toEqual({
    name: 'arch',
    offers: ['auto', 'x86-64', 'arm64'],
    isOptional: false,
  });
  expect(options.find(({ long }) => long === '--output')).toMatchObject({
    short: '-o',
    value: { offers: 'file' },
  });
  expect(options.find(({ long }) => long === '--root')?.value?.offers).toBe('directory');
  expect(options.find(({ long }) => long === '--check')?.value?.isOptional).toBe(true);
  expect(options.find(({ long }) => long === '--strict')?.value).toBeUndefined();
});

test.each(['bash', 'zsh', 'fish'])('the script for %s has every option', async shell => {
  const script = await scriptFor(shell);
  for (const { long, short } of completedOptions()) {
    const flags = shell === 'fish' ? [`-l ${long.slice(2)} `] : [long, ...(short ? [short] : [])];
    for (const flag of flags) expect(script).toContain(flag);
  }
  expect(script.endsWith('\n')).toBe(true);
});

test.each([
  ['--completion tcsh', "invalid value 'tcsh' for --completion: need bash, zsh or fish"],
  ['--completion bash x', "unexpected argument 'x'"],
  ['--completion bash --format json', '--format has no effect with --completion'],
  ['--completion bash --check', '--check and --completion exclude each other'],
])('%s → %s', (line, what) => {
  expect(() => parseCommandLine(line.split(' '), {}, PIPES)).toThrow(what);
});
