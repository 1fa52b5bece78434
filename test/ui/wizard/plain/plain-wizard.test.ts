import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answers, NO_ANSWERS } from '../../../../src/command-line/answers.ts';
import { parseCommandLine } from '../../../../src/command-line/options.ts';
import { ConversionServices } from '../../../../src/commands/conversion-services.ts';
import { EndOfAnswers, type LineDialogue } from '../../../../src/ui/wizard/plain/line-dialogue.ts';
import { runPlainWizard } from '../../../../src/ui/wizard/plain/plain-wizard.ts';
import type { StoreListing } from '../../../../src/ui/wizard/wizard-services.ts';
import { fakeIo } from '../../../support/fake-io.ts';

let directory: string;
let archive: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'plain-wizard-'));
  archive = join(directory, 'docker:20.10.torcx.tgz');
  cpSync('fixtures/images/flatcar-style.torcx.tgz', archive);
});
afterEach(() => rmSync(directory, { recursive: true }));

class NodeServices extends ConversionServices {
  override async listStores(): Promise<StoreListing> {
    const image = { name: 'docker', reference: '20.10' };
    return { offers: [{ image, path: archive, size: 2765, use: 'selected' }], problems: [] };
  }
}

interface Talk {
  /** Everything that was said and asked, and the answers. */
  readonly log: string;
  readonly wrote: readonly string[] | undefined;
  readonly answers: Answers;
}

/** Gives the answers in their order; behind the last one there is nobody any more. */
async function talk(given: Partial<Answers>, replies: readonly string[]): Promise<Talk> {
  const command = parseCommandLine(['-i'], {}, { stdin: true, stdout: true, stderr: true });
  if (command.mode !== 'wizard') throw new Error(`parsed as ${command.mode}`);
  const services = new NodeServices(fakeIo(), { env: {}, display: command.display });
  const lines: string[] = [];
  const waiting = [...replies];
  const dialogue: LineDialogue = {
    async say(...said) {
      lines.push(...said);
    },
    async ask(prompt) {
      const reply = waiting.shift();
      lines.push(`${prompt}${reply ?? '<end>'}`);
      if (reply === undefined) throw new EndOfAnswers();
      return reply;
    },
  };
  let answers: Answers = { ...NO_ANSWERS, output: `${directory}/`, ...given };
  try {
    const result = await runPlainWizard({
      dialogue,
      services,
      answers,
      onAnswers: changed => {
        answers = changed;
      },
    });
    const log = lines.join('\n').replaceAll(directory, '/work');
    return { log, wrote: result?.written.map(({ path }) => path.slice(directory.length)), answers };
  } finally {
    await services.close();
  }
}

function left(): string[] {
  return readdirSync(directory).sort();
}

const DEFAULTS = ['', '', '', ''];

it('goes from the first question to the written image', async () => {
  const { log, wrote } = await talk({}, ['1', ...DEFAULTS, 'yes', '']);
  expect(wrote).toEqual(['/docker.raw', '/docker.report.md', '/docker.report.json']);
  expect(left()).toEqual([
    'docker.raw',
    'docker.report.json',
    'docker.report.md',
    'docker:20.10.torcx.tgz',
  ]);
  const stable = log.replaceAll(/\d+(\.\d+)? (bytes|KiB)/g, 'SIZE');
  await expect(`${stable}\n`).toMatchFileSnapshot('golden/defaults.txt');
});

it('needs no terminal sequence, and no line that wraps on 80 columns', async () => {
  const { log } = await talk({}, ['1', '', '', 'l', '', 'l', '7', '', '', 'd', 'q']);
  expect(log).not.toMatch(/[^\n\x20-\x7e]/);
  const questions = log.slice(0, log.indexOf('Would be written'));
  expect(questions.split('\n').filter(line => line.length > 79)).toEqual([]);
});

it('asks for nothing that was given, but shows it', async () => {
  const { log, answers } = await talk({ archive, compression: 'gzip' }, [...DEFAULTS, 'q']);
  expect(log).not.toContain('1. Archive');
  expect(log).toContain('7  Compression: gzip');
  expect(log).toContain('torcx2sysext --output /work/ --compression gzip');
  expect(answers).toMatchObject({ archive, compression: 'gzip' });
});

it('asks again, with the reason, for what makes no sense', async () => {
  const { log, answers } = await talk({}, [
    '/nowhere/x.tgz',
    `${directory}/`,
    '9',
    '1',
    'a/b',
    'tool',
    '77',
    '3',
    '',
    'bin/dockerdd',
    'bin/dockerd',
    '',
    'x',
    '7',
    'zstd:99',
    'zstd:3',
    '13',
    'maybe',
    'no',
    '',
    'q',
  ]);
  const reasons = [
    "no such file '/nowhere/x.tgz'",
    "no such file '9'",
    "invalid name 'a/b'",
    "'77' is none of these numbers",
    "the archive has no entry 'bin/dockerdd'",
    'try: bin/dockerd',
    "'x' is none of these numbers",
    "invalid value 'zstd:99' for --compression",
    "'maybe' is none of the answers",
  ];
  for (const reason of reasons) expect(log).toContain(reason);
  expect(answers).toMatchObject({
    ...{ archive, name: 'tool', enable: ['docker.service'], drop: ['bin/dockerd'] },
    ...{ compression: 'zstd:3', noReload: true },
  });
  expect(left()).toEqual(['docker:20.10.torcx.tgz']);
});

it('takes back what was said about an archive that does not have it', async () => {
  const { log, answers } = await talk({ archive, enable: ['x.service'], drop: ['y'] }, ['']);
  expect(log).toContain("the archive has no entry 'y': taken back");
  expect(answers).toMatchObject({ enable: [], drop: [] });
});

it('asks for a name when that of the archive cannot be one', async () => {
  const odd = join(directory, 'a b.tgz');
  cpSync(archive, odd);
  const { log, answers } = await talk({ archive: odd }, ['', 'ab', '']);
  expect(log).toContain("invalid name 'a b'");
  expect(answers.name).toBe('ab');
});

it('takes back a unit, and leaves out and keeps entries', async () => {
  const { answers } = await talk({ archive }, ['', '1', '1', '2', '', 'bin', './bin/runc', '', '']);
  expect(answers).toMatchObject({ drop: ['bin'], keep: ['bin/runc'], enable: [] });
  expect(answers.noEnable).toHaveLength(1);
});

describe('before it writes', () => {
  it('shows what stands in the way, and goes on when that is gone', async () => {
    writeFileSync(join(directory, 'docker.raw'), 'old');
    const { log, wrote } = await talk({ archive }, [
      ...DEFAULTS,
      'yes',
      's',
      '24',
      'yes',
      '',
      'yes',
    ]);
    expect(log).toContain('docker.raw (exists: 3 bytes');
    expect(log).toContain('This cannot be written');
    expect(wrote).toHaveLength(3);
  });

  it('lets everything be changed', async () => {
    const { log, answers } = await talk({ archive }, [
      ...DEFAULTS,
      ...['u', '3', '', 'e', 'bin/runc', '', 's', '9', '_any', '', 'd', '?'],
    ]);
    expect(answers).toMatchObject({ enable: ['docker.service'], drop: ['bin/runc'], os: '_any' });
    expect(log).toContain('nothing was written');
    expect(left()).toEqual(['docker:20.10.torcx.tgz']);
  });
});

it.each([0, 1, 2, 3, 4, 5])('writes nothing when answers end after %i', async count => {
  const replies = ['1', ...DEFAULTS].slice(0, count);
  const { log, wrote } = await talk({}, replies);
  expect(wrote).toBeUndefined();
  expect(log.endsWith('<end>')).toBe(true);
  expect(left()).toEqual(['docker:20.10.torcx.tgz']);
});

it('says what to do next when that is wanted', async () => {
  const { log } = await talk({ archive }, [...DEFAULTS, 'yes', 'yes']);
  expect(log).toContain('/etc/extensions/docker.raw');
});
