import { createHash } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { goldenInputs } from '../support/golden-inputs.ts';
import { CLI, REPOSITORY } from './support/convert.ts';
import { arm64Node, EMULATOR, nodeBinary } from './support/node-binaries.ts';
import { requireTools } from './support/require-tools.ts';
import { runChecked } from './support/run-command.ts';

interface Variant {
  /** The command that runs Node; this Node if absent. */
  readonly node?: () => Promise<readonly string[]>;
  /** In front of everything. */
  readonly wrapper?: readonly string[];
  readonly umask?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** All of them if absent. */
  readonly inputs?: readonly string[];
  /** Nothing but conversions. */
  readonly isSlow?: boolean;
}

const FEW = ['everything', 'large-zstd', 'large-gzip'];
const NOBODY = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
const TURKISH = { LC_ALL: 'tr_TR.UTF-8', LANG: 'tr_TR.UTF-8', TZ: 'Pacific/Kiritimati' };

const VARIANTS: Readonly<Record<string, Variant>> = {
  'Node 20': { node: async () => [await nodeBinary(20)] },
  'Node 22': { node: async () => [await nodeBinary(22)] },
  'Node 24': { node: async () => [await nodeBinary(24)] },
  'Node 26': { node: async () => [await nodeBinary(26)] },
  'one worker, another user': { args: ['--jobs', '1'], wrapper: NOBODY, inputs: FEW },
  'eight workers, a strict umask': { args: ['--jobs', '8'], umask: '077', inputs: FEW },
  'no umask, a Turkish locale, another day': { umask: '000', env: TURKISH, inputs: FEW },
};

/** Emulated, so a hundred times slower. */
const ON_ARM64: Readonly<Record<string, Variant>> = {
  'Node 20 on arm64': {
    node: async () => [...EMULATOR, await arm64Node(20)],
    inputs: ['large-zstd'],
    isSlow: true,
  },
  'Node 26 on arm64': {
    node: async () => [...EMULATOR, await arm64Node(26)],
    inputs: FEW,
    isSlow: true,
  },
};

const work = mkdtempSync(join(tmpdir(), 'e2e-same-bytes-'));
const inputs = goldenInputs();
let reference: ReadonlyMap<string, string>;

beforeAll(async () => {
  chmodSync(work, 0o755);
  for (const { name, archiveName, archive } of inputs) {
    mkdirSync(join(work, name));
    writeFileSync(join(work, name, archiveName), archive);
  }
  reference = await outputsOf({});
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

test('the images have the checksums that are committed', () => {
  const golden = readFileSync(join(REPOSITORY, 'test/golden/images.sha256'), 'utf8');
  const made = inputs.map(({ name }) => `${reference.get(`${name}.raw`)}  ${name}.raw\n`);
  expect(made.join('')).toBe(golden);
});

describe.runIf(requireTools(['setpriv']))('image and reports', () => {
  test.each(Object.entries(VARIANTS))('%s', (_, variant) => check(variant));
});

describe.runIf(requireTools(['qemu-aarch64-static']))('image and reports', () => {
  test.each(Object.entries(ON_ARM64))('%s', (_, variant) => check(variant));
});

async function check(variant: Variant): Promise<void> {
  const made = await outputsOf(variant);
  expect(made.size).toBeGreaterThan(0);
  const expected = [...made.keys()].map(file => [file, reference.get(file)]);
  expect([...made]).toEqual(expected);
}

// Some of the audit's fixtures are not to be parsed, hence 5.
const REPORTS = `
  "$@" --inspect --format json "$WORK/everything/everything:1.0.torcx.tgz" > inspect.json
  cd "$REPOSITORY/fixtures/audit"
  "$@" --check . --format json > "$DIRECTORY/check.json" || [ $? = 5 ]`;

/** Converts, inspects and audits in a directory of its own: file → sha256. */
async function outputsOf(variant: Variant): Promise<ReadonlyMap<string, string>> {
  const { node, wrapper = [], umask = '022', env = {}, args = [], isSlow = false } = variant;
  const directory = mkdtempSync(join(work, 'out-'));
  chmodSync(directory, 0o777);
  const program = [...((await node?.()) ?? [process.execPath]), CLI];
  const chosen = inputs.filter(({ name }) => variant.inputs?.includes(name) ?? true);
  const commands = chosen.map(input => {
    const archive = join(work, input.name, input.archiveName);
    return `mkdir ${input.name}; "$@" '${archive}' -o ${input.name} ${[...input.args, ...args].join(' ')}`;
  });
  const script = [
    `set -e; cd '${directory}'; umask ${umask}`,
    ...commands,
    ...(isSlow ? [] : [REPORTS]),
  ];
  const [command = '', ...rest] = [...wrapper, 'bash', '-c', script.join('\n'), 'bash', ...program];
  const variables = { DIRECTORY: directory, WORK: work, REPOSITORY };
  await runChecked(command, rest, { env: { ...variables, ...env }, timeLimit: 600_000 });
  return hashesIn(directory);
}

/** Images by the name of their input, whatever the extension is called. */
function hashesIn(directory: string): ReadonlyMap<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true });
  const hashes = files
    .filter(entry => entry.isFile())
    .map(entry => {
      const path = join(entry.parentPath, entry.name).slice(directory.length + 1);
      const [input = '', file] = path.split('/');
      const name = file === undefined ? input : `${input}${file.slice(file.indexOf('.'))}`;
      const bytes = readFileSync(join(directory, path));
      return [name, createHash('sha256').update(bytes).digest('hex')] as const;
    });
  return new Map(hashes.sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
}
