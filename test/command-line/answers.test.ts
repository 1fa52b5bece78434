import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import {
  type AnswerKey,
  type Answers,
  answerArguments,
  answersOf,
  LIST_ANSWERS,
  NO_ANSWERS,
  SWITCH_ANSWERS,
  TEXT_ANSWERS,
} from '../../src/command-line/answers.ts';
import { CONVERSION_OPTIONS } from '../../src/command-line/option-groups/conversion.ts';
import { PUBLISHING_OPTIONS } from '../../src/command-line/option-groups/publishing.ts';
import { longFlag, type OptionSpec } from '../../src/command-line/option-spec.ts';
import { OPTIONS } from '../../src/command-line/option-table.ts';
import { parseCommandLine } from '../../src/command-line/options.ts';
import { checkAnswers, equivalentCommand } from '../../src/command-line/parse-answers.ts';
import { repeatConvert } from '../../src/command-line/repeat-convert.ts';
import { Settings } from '../../src/command-line/settings.ts';

const TERMINALS = { stdin: true, stdout: true, stderr: true };
const scope = { env: {} };

/** Options of a conversion that no answer has, and why. */
const NOT_ASKED = new Map<OptionSpec<unknown>, string>([
  [OPTIONS.dryRun, 'the last step before the conversion shows what this prints'],
  [OPTIONS.reload, 'for a directory tree only'],
  [OPTIONS.sourceDateEpoch, 'who builds reproducibly has the variable in the environment'],
]);

it('has an answer for every option of a conversion, and an option for every answer', () => {
  const keys = [...TEXT_ANSWERS, ...LIST_ANSWERS, ...SWITCH_ANSWERS];
  const answered = new Set<OptionSpec<unknown>>(keys.map(key => OPTIONS[key]));
  const conversion: OptionSpec<unknown>[] = Object.values(CONVERSION_OPTIONS);
  const all = [...conversion, ...Object.values(PUBLISHING_OPTIONS)];
  const asked = all.filter(spec => !NOT_ASKED.has(spec));
  expect(new Set(asked.map(longFlag))).toEqual(new Set([...answered].map(longFlag)));
  expect(Object.keys(NO_ANSWERS).sort()).toEqual([...keys, 'archive', 'name'].sort());
});

const path = fc.stringMatching(/^[a-z-][a-z ,.-]{1,8}$/);
const units = fc.uniqueArray(fc.constantFrom('a.service', 'b.socket', 'c@x.timer'));
const ANY_ANSWERS: fc.Arbitrary<Answers> = fc.record({
  archive: fc.constantFrom('a.tgz', '-a:b.torcx.tgz', 'x y/c.tgz'),
  name: fc.constantFrom('', 'docker', '-b'),
  output: fc.oneof(fc.constant(''), path),
  imageFormat: fc.constantFrom('', 'squashfs', 'directory'),
  compression: fc.constantFrom('', 'zstd', 'zstd:19', 'gzip:9'),
  blockSize: fc.constantFrom('', '1M', '131072'),
  os: fc.constantFrom('', 'debian'),
  sysextLevel: fc.constantFrom('', '1.0', '2'),
  osVersion: fc.constantFrom('', '3815.2.0'),
  arch: fc.constantFrom('', 'auto', 'arm64'),
  jobs: fc.constantFrom('', '3'),
  report: fc.array(
    path.map(text => `${text}.md`),
    { maxLength: 2 },
  ),
  enable: units,
  noEnable: fc.constant([]),
  drop: fc.uniqueArray(path, { maxLength: 2 }),
  keep: fc.constant([]),
  force: fc.boolean(),
  noReport: fc.constant(false),
  noReload: fc.boolean(),
  keepSelinux: fc.boolean(),
  verify: fc.boolean(),
  strict: fc.boolean(),
  imageVersion: fc.constantFrom('', '1.2'),
  sysupdate: fc.constantFrom('', 'https://example.com/x/'),
  sha256sums: fc.boolean(),
  butane: fc.constantFrom('', 'node.bu'),
  ignition: fc.constantFrom('', 'node.ign'),
  imageUrl: fc.constantFrom('', 'https://example.com/y/'),
});

/** Only image files have versions and can be fetched by nodes, and only versions are published for updates. */
const ANSWERS = ANY_ANSWERS.map(answers => {
  const isFile = answers.imageFormat !== 'directory';
  const isPublished = isFile && answers.imageVersion !== '';
  const isFetched = isFile && answers.imageUrl !== '' && answers.butane + answers.ignition !== '';
  return {
    ...answers,
    ...(!isPublished && { imageVersion: '', sysupdate: '', sha256sums: false }),
    ...(!isFetched && { butane: '', ignition: '', imageUrl: '' }),
  };
});

it('says as arguments what the answers say', () => {
  fc.assert(
    fc.property(ANSWERS, answers => {
      const args = answerArguments(answers);
      const command = parseCommandLine(['--interactive', ...args], {}, TERMINALS);
      if (command.mode !== 'wizard') throw new Error(`got ${command.mode}`);
      expect({ ...command.answers, drop: answers.drop }).toEqual(answers);
    }),
  );
});

it('is a command that makes the same image as the one in its report', () => {
  fc.assert(
    fc.property(ANSWERS, answers => {
      const check = checkAnswers(answers, scope);
      if (!check.ok) throw new Error(check.what);
      const [, ...words] = equivalentCommand(answers, {});
      const command = parseCommandLine(words, {}, TERMINALS);
      if (command.mode !== 'convert') throw new Error(`got ${command.mode}`);
      expect(command).toEqual(check.options);
      expect(repeatConvert(command)).toEqual(repeatConvert(check.options));
    }),
  );
});

test.each<[string, Partial<Answers>, AnswerKey | undefined, string]>([
  ['nothing', {}, 'archive', 'no archive is chosen'],
  [
    'standard input',
    { archive: '-', name: 'b' },
    'archive',
    'standard input is the terminal that answers come from',
  ],
  [
    'a name that systemd does not take',
    { archive: 'a.tgz', name: 'a/b' },
    'name',
    "invalid name 'a/b': letters, digits, '.', '_', '-' only",
  ],
  [
    'a name that an archive has and no extension can have',
    { archive: 'a b.tgz' },
    'name',
    "invalid name 'a b': letters, digits, '.', '_', '-' only",
  ],
  [
    'a level out of range',
    { archive: 'a.tgz', compression: 'zstd:23' },
    'compression',
    "invalid value 'zstd:23' for --compression: need zstd[:1-22] or gzip[:1-9]",
  ],
  [
    'a report of no known kind',
    { archive: 'a.tgz', report: ['r.md', 'r.txt'] },
    'report',
    "invalid value 'r.txt' for --report: need a file name that ends in .md or .json",
  ],
  [
    'two that do not go together',
    { archive: 'a.tgz', os: '_any', osVersion: '1' },
    undefined,
    '--os _any matches every host; --os-version would have no effect',
  ],
  [
    'a unit that is to be started and not to be started',
    { archive: 'a.tgz', enable: ['a.service'], noEnable: ['a.service'] },
    undefined,
    "'a.service' is in --enable and in --no-enable",
  ],
])('knows which answer is wrong: %s', (_, answers, key, what) => {
  const check = checkAnswers({ ...NO_ANSWERS, ...answers }, scope);
  expect(check).toMatchObject({ ok: false, what });
  expect(check).toHaveProperty('ok', false);
  expect('key' in check ? check.key : undefined).toBe(key);
});

test.each<[string, Record<string, string>, Partial<Answers>, string]>([
  ['nothing that is set', {}, {}, 'torcx2sysext a.tgz'],
  ['a variable that was taken back', { OS: 'debian' }, {}, 'OS= torcx2sysext a.tgz'],
  ['one that an answer outranks', { OS: 'debian' }, { os: 'x' }, 'torcx2sysext --os x a.tgz'],
  [
    'a switch that was turned off',
    { TORCX2SYSEXT_STRICT: '1', TORCX2SYSEXT_INTERACTIVE: '1', TORCX2SYSEXT_QUIET: '1' },
    {},
    'TORCX2SYSEXT_STRICT= TORCX2SYSEXT_INTERACTIVE= torcx2sysext a.tgz',
  ],
])('is a command for the same environment: %s', (_, env, answers, expected) => {
  const all = { ...NO_ANSWERS, archive: 'a.tgz', ...answers };
  const words = equivalentCommand(all, env);
  expect(words.join(' ')).toBe(expected);
  const overruled = words.filter(word => word.endsWith('=')).map(word => word.slice(0, -1));
  const kept = Object.fromEntries(Object.entries(env).filter(([key]) => !overruled.includes(key)));
  const args = words.slice(overruled.length + 1);
  const check = checkAnswers(all, { env });
  expect(check).toEqual({ ok: true, options: parseCommandLine(args, kept, TERMINALS) });
});

it('takes the answers that the environment has given', () => {
  const settings = new Settings(new Map(), { FORMAT: 'directory', TORCX2SYSEXT_JOBS: '2' });
  expect(answersOf(['a.tgz'], settings)).toEqual({
    ...NO_ANSWERS,
    archive: 'a.tgz',
    imageFormat: 'directory',
    jobs: '2',
  });
});
