import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { REPOSITORY } from './support/convert.ts';
import { inNamespace } from './support/in-namespace.ts';
import { largeArchive } from './support/large-archive.ts';
import { requireTools } from './support/require-tools.ts';
import { runChecked, runCommand } from './support/run-command.ts';

interface Fault {
  readonly name: string;
  /** Bash: makes the fault, with the output directory $OUT and another directory $OTHER. */
  readonly makes: string;
  /** Goes before the command: "TMPDIR=x". */
  readonly runs?: string;
  readonly args?: string;
  readonly exit: number;
  readonly says: RegExp;
}

const SMALL = 'mount -t tmpfs -o size=4m tmpfs';
/** Root keeps all rights but the one to pass over permissions. */
const PLAIN_ROOT = 'setpriv --inh-caps=-all --bounding-set=-dac_override,-dac_read_search,-fowner';

const FAULTS: readonly Fault[] = [
  {
    name: 'the disk of the image is full',
    makes: `${SMALL} "$OUT"`,
    exit: 6,
    says: /no space left on \S*docker\.raw; temporary file removed, old file kept/,
  },
  {
    name: 'the disk of a directory image is full',
    makes: `${SMALL} "$OUT"`,
    args: '--image-format directory',
    exit: 6,
    says: /no space left on \S*docker\.raw; temporary file removed/,
  },
  {
    name: 'the disk has no inode left',
    makes: 'mount -t tmpfs -o nr_inodes=2 tmpfs "$OUT"',
    exit: 6,
    says: /no space left on \S*out$/m,
  },
  {
    name: 'the disk for the inflated archive is full',
    makes: `${SMALL} "$OTHER"`,
    runs: 'TMPDIR="$OTHER"',
    exit: 6,
    says: /no space left on \S*other\n {2}try: TMPDIR=/,
  },
  {
    name: 'the target is read-only',
    makes: 'mount --bind "$OUT" "$OUT"; touch "$OUT"/.; AFTER="mount -o remount,bind,ro $OUT"',
    exit: 6,
    says: /cannot write '\S*out': read-only file system/,
  },
  {
    name: 'the target may not be written to',
    makes: 'AFTER="chmod 0555 $OUT"',
    runs: PLAIN_ROOT,
    exit: 6,
    says: /cannot write '\S*out': permission denied/,
  },
  {
    name: 'the archive may not be read',
    makes:
      'cp "$ARCHIVE" "$OTHER/secret.tgz"; chmod 0 "$OTHER/secret.tgz"; ARCHIVE="$OTHER/secret.tgz"',
    runs: PLAIN_ROOT,
    exit: 4,
    says: /cannot read '\S*secret\.tgz': permission denied/,
  },
  {
    name: 'files may not get large enough (RLIMIT_FSIZE)',
    makes: 'ulimit -f 4000',
    exit: 6,
    says: /too large for this file system, or for the limit of this process \(ulimit -f\)/,
  },
  {
    name: 'there are too few file descriptors (RLIMIT_NOFILE)',
    makes: 'ulimit -n 20',
    exit: 70,
    says: /too many open files/,
  },
];

const LIMITS: readonly (readonly [name: string, makes: string, runs: string])[] = [
  ...[4, 8, 16, 32].map(
    size => [`${size} MiB of heap`, 'true', `"$NODE" --max-old-space-size=${size}`] as const,
  ),
  ...[1, 2, 4, 16].map(
    size => [`${size} GiB of addresses`, `ulimit -v $((${size} << 20))`, '"$NODE"'] as const,
  ),
];

describe.runIf(requireTools(['unshare', 'setpriv']))('a conversion fails well when', () => {
  const directory = mkdtempSync(join(tmpdir(), 'faults-'));
  afterAll(() => rmSync(directory, { recursive: true }));
  let archive: string;
  beforeAll(() => {
    archive = largeArchive(directory);
  });

  test.each(LIMITS)('it has only %s, or does with that', async (_, makes, runs) => {
    const place = mkdtempSync(join(directory, 'run-'));
    writeFileSync(join(place, 'docker.raw'), 'old');
    const line = `${makes}; ${runs} dist/cli.js "${archive}" docker --force --no-report -o "${place}/docker.raw" --jobs 1`;
    const { status, stderr } = await runCommand('bash', ['-c', `ulimit -c 0; ${line}`], {
      cwd: REPOSITORY,
      env: { NODE: process.execPath },
    });
    if (status === 0) {
      expect(readFileSync(join(place, 'docker.raw'), 'latin1').slice(0, 4)).toBe('hsqs');
    } else {
      // What V8 says when the system gives it nothing is its own affair, and can be nothing.
      if (status < 128) expect(stderr).toContain('not enough memory');
      expect(readFileSync(join(place, 'docker.raw'), 'latin1')).toBe('old');
    }
    // V8 ends the process when it gets no memory for itself; what that leaves the next run removes.
    const next = [join(REPOSITORY, 'dist/cli.js'), archive, 'docker', '--force', '--no-report'];
    await runChecked(process.execPath, [...next, '-o', join(place, 'docker.raw')]);
    expect(readdirSync(place)).toEqual(['docker.raw']);
  });

  test.each(FAULTS.map(fault => [fault.name, fault] as const))('%s', (_, fault) => check(fault));

  async function check({ makes, runs = '', args = '', exit, says }: Fault): Promise<void> {
    const place = mkdtempSync(join(directory, 'run-'));
    const variables = {
      OUT: join(place, 'out'),
      OTHER: join(place, 'other'),
      ARCHIVE: archive,
      NODE: process.execPath,
      CLI: join(REPOSITORY, 'dist/cli.js'),
    };
    mkdirSync(variables.OUT);
    mkdirSync(variables.OTHER);
    const script = `
      AFTER=true
      ${makes}
      echo old > "$OUT/docker.raw"
      $AFTER
      status=0
      env ${runs} "$NODE" "$CLI" "$ARCHIVE" docker --force -o "$OUT/docker.raw" ${args} >&2 || status=$?
      echo "exit $status"
      ls -A "$OUT" "$OTHER" | grep -v secret.tgz | sed "s|$OUT|out|; s|$OTHER|other|"
      cat "$OUT/docker.raw"`;
    const { stdout, stderr } = await inNamespace({ script, variables });
    expect(stderr).toMatch(says);
    expect(stdout.split('\n').filter(line => line !== '')).toEqual([
      `exit ${exit}`,
      'other:',
      'out:',
      'docker.raw',
      'old',
    ]);
  }
});
