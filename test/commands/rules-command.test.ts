import { describe, expect, it } from 'vitest';
import { parseCommandLine } from '../../src/command-line/options.ts';
import { rulesCommand } from '../../src/commands/rules-command.ts';
import { RULES } from '../../src/rule-table.ts';
import { fakeIo } from '../support/fake-io.ts';
import { validate, validateEveryKey } from '../support/report-schema.ts';

async function run(...argv: string[]): Promise<string> {
  const options = parseCommandLine(argv, {}, { stdin: false, stdout: false, stderr: false });
  if (options.mode !== 'list-rules' && options.mode !== 'explain') throw new Error(options.mode);
  const io = fakeIo();
  expect(await rulesCommand(options, io)).toBe(0);
  expect(io.said.stderr).toBe('');
  return io.said.stdout;
}

describe('--list-rules', () => {
  it('has a line for each rule', async () => {
    const lines = (await run('--list-rules')).trimEnd().split('\n');
    expect(lines.map(line => line.slice(0, 5))).toEqual(Object.keys(RULES));
    expect(lines).toContainEqual(
      expect.stringMatching(/^TX602 {2}warning {2}missing-library +a program needs a library /),
    );
  });

  it('has a row for each rule in Markdown', async () => {
    const rows = (await run('--list-rules', '--format', 'markdown')).trimEnd().split('\n');
    expect(rows).toHaveLength(Object.keys(RULES).length + 2);
  });

  it('is described by the schema', async () => {
    const document = JSON.parse(await run('--list-rules', '--format', 'json'));
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
    expect(validateEveryKey(document), JSON.stringify(validateEveryKey.errors)).toBe(true);
    expect(document.rules).toHaveLength(Object.keys(RULES).length);
  });
});

describe('--explain', () => {
  it('prints the page of a rule', async () => {
    expect(await run('--explain', 'TX101')).toMatch(/^# TX101/);
    expect(await run('--explain', 'torcx-next-profile')).toBe(await run('--explain', 'tx101'));
  });

  it('has the page in JSON', async () => {
    const document = JSON.parse(await run('--explain', 'TX101', '--format', 'json'));
    expect(validateEveryKey(document), JSON.stringify(validateEveryKey.errors)).toBe(true);
    expect(document).toMatchObject({
      mode: 'explain',
      rules: [{ id: 'TX101', page: await run('--explain', 'TX101') }],
    });
  });
});
