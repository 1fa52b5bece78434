import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkInProcess, type Tree, withTree } from '../support/check-in-process.ts';
import { requireTools } from './support/require-tools.ts';
import { runChecked, runCommand } from './support/run-command.ts';

const SERVICE = `[Unit]
Description=One of ours
Requires=torcx.target network-online.target
After=torcx.target \\
  network-online.target

[Service]
EnvironmentFile=/run/metadata/torcx
Environment=TORCX_IMAGEDIR=/ours KEPT=1
ExecStart=/usr/bin/env PATH=\${TORCX_BINDIR}:\${PATH} \${TORCX_BINDIR}/env \\
  KEPT=\${KEPT} \\
  true
`;

/** Units whose programs every system has. */
const UNITS: Tree = {
  'units/ours.service': SERVICE,
  'units/ours.socket': '[Unit]\nBindsTo=torcx.target\n[Socket]\nListenStream=/run/ours.sock\n',
  'units/plain.service': '[Service]\nExecStart=/usr/bin/env true\n',
  'units/plain.service.d/10-torcx.conf': '[Unit]\nRequisite=torcx.target\nWants=torcx.target\n',
};

const TORCX: Tree = { 'torcx/torcx.target': '[Unit]\nDescription=Torcx\n' };

/** What systemd says of the tree's units: nothing, when they can be loaded with all that they require. */
async function verify(directory: string, ...others: readonly string[]): Promise<string> {
  const units = ['ours.service', 'ours.socket', 'plain.service'].map(unit =>
    join(directory, 'units', unit),
  );
  const SYSTEMD_UNIT_PATH = ['units', ...others].map(name => `${join(directory, name)}:`).join('');
  const { stdout, stderr } = await runCommand('systemd-analyze', ['verify', '--man=no', ...units], {
    env: { SYSTEMD_UNIT_PATH },
  });
  return stdout + stderr;
}

const FIX = ['--fix', '--unsafe-fixes'];

describe.runIf(requireTools(['systemd-analyze']))('units that were right with Torcx', () => {
  test('are wrong without it, and right again once they are mended', async () => {
    await withTree({ ...UNITS, ...TORCX }, async directory => {
      expect(await verify(directory, 'torcx')).toBe('');
      expect(await verify(directory)).toContain('torcx.target not found');
      const { exitCode } = await checkInProcess(['--check', join(directory, 'units'), ...FIX]);
      expect(exitCode).toBe(0);
      expect(await verify(directory)).toBe('');
      expect(readFileSync(join(directory, 'units/ours.service'), 'utf8')).toMatch(
        /^ExecStart=\/usr\/bin\/env \\\n {2}KEPT=\$\{KEPT\} \\\n {2}true$/m,
      );
    });
  });
});

describe.runIf(requireTools(['setfattr', 'getfattr']))('a file that is mended', () => {
  let directory = '';
  beforeEach(() => {
    // Not /tmp, which may be of a kind that has no attributes of users.
    directory = mkdtempSync(join('/var/tmp', 'audit-fix-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  test('keeps owner, mode, ACL and extended attributes, and so does its backup', async () => {
    const path = join(directory, 'etc/x.service');
    mkdirSync(join(directory, 'etc'));
    writeFileSync(path, SERVICE, { mode: 0o640 });
    await runChecked('chown', ['12345:23456', path]);
    await runChecked('setfattr', ['-n', 'user.origin', '-v', 'fleet', path]);
    await runChecked('setfattr', ['-n', 'trusted.origin', '-v', 'vendor', path]);
    await runChecked('setfattr', ['-n', 'system.posix_acl_access', '-v', ACL, path]);
    const old = await attributes(path);
    expect(old.match(/^[a-z]+\.\w+/gm)).toEqual([
      ...['system.posix_acl_access', 'trusted.origin', 'user.origin'],
    ]);
    const { exitCode } = await checkInProcess([
      ...['--check', join(directory, 'etc'), ...FIX, '--backup-dir', join(directory, 'backup')],
    ]);
    expect(exitCode).toBe(0);
    expect(readFileSync(path, 'utf8')).not.toContain('torcx');
    expect(await attributes(path)).toBe(old);
    expect(await attributes(join(directory, 'backup', path))).toBe(old);
  });
});

/** `u::rw,u:54321:r,g::r,m::r,o::-` as the kernel has it (linux/posix_acl_xattr.h). */
const ACL =
  '0x0200000001000600ffffffff0200040031d4000004000400ffffffff10000400ffffffff20000000ffffffff';

async function attributes(path: string): Promise<string> {
  const { mode, uid, gid } = statSync(path);
  const xattrs = await runChecked('getfattr', [
    '-d',
    '-m',
    '^(user|trusted|security|system)',
    path,
  ]);
  return [mode.toString(8), uid, gid, xattrs.replace(/^# file: .*\n/, '')].join('\n');
}

describe.runIf(requireTools(['git', 'patch']))('the patch', () => {
  const UNIT = '[Unit]\nAfter=torcx.target\n';
  const latin1 = Buffer.from('# caf\xe9\r\n[Unit]\r\nAfter=torcx.target\r\n[Service]', 'latin1');
  test.each<[string, Tree]>([
    ['of units', UNITS],
    ['of names with blanks', { 'a b/c d.service': UNIT }],
    ['of names with quotes and control characters', { 'a"b\\c\u0001.service': UNIT }],
    ['of names beyond ASCII', { 'é😀.service': UNIT }],
    ['without a line end, and with bytes that are no UTF-8', { 'x.service': latin1 }],
    ['that leaves nothing', { 'etc/profile.d/torcx.sh': 'source /run/metadata/torcx' }],
    [
      'that removes empty files, files and links',
      {
        'etc/flatcar/docker-1.12': 'yes',
        'a b/etc/systemd/system-generators/torcx-generator': '',
        'c"d/etc/systemd/system-generators/torcx-generator': '-> /dev/null',
        'e/etc/systemd/system-generators/torcx-generator': '#!/bin/sh\nexit 0\n',
      },
    ],
  ])('%s makes of the tree what --fix makes', async (_, tree) => {
    const trees = await Promise.all([withFix, withGit, withPatch].map(mend => mended(tree, mend)));
    expect(trees[0]).not.toEqual(await mended(tree, async () => {}));
    expect(trees[1]).toEqual(trees[0]);
    expect(trees[2]).toEqual(trees[0]);
  });
});

/** The files of a tree after `mend`, by their path. */
function mended(
  tree: Tree,
  mend: (directory: string) => Promise<void>,
): Promise<Record<string, string>> {
  return withTree(tree, async directory => {
    await mend(directory);
    const contents = Object.keys(tree).map(path => {
      return [path, contentOf(join(directory, path))] as const;
    });
    return Object.fromEntries(contents);
  });
}

function contentOf(path: string): string {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) return 'nothing';
  return stats.isSymbolicLink() ? `-> ${readlinkSync(path)}` : readFileSync(path, 'latin1');
}

async function withFix(directory: string): Promise<void> {
  await checkInProcess(['--check', directory, ...FIX]);
}

async function withGit(directory: string): Promise<void> {
  const patch = await patchOf(directory);
  await runChecked('git', ['apply', '--check', patch], { cwd: directory });
  await runChecked('git', ['apply', patch], { cwd: directory });
}

async function withPatch(directory: string): Promise<void> {
  await runChecked('patch', ['-p1', '--binary', '-i', await patchOf(directory)], {
    cwd: directory,
  });
}

/** As a user makes it, with names from the directory that the patch is applied in. */
async function patchOf(directory: string): Promise<string> {
  const path = join(directory, 'x.patch');
  const { status, stderr } = await runCommand(
    process.execPath,
    [CLI, '--check', '.', '--diff', '--unsafe-fixes', '--output-file', path],
    { cwd: directory },
  );
  if (status !== 0) throw new Error(stderr);
  return path;
}

const CLI = join(import.meta.dirname, '../../dist/cli.js');

describe.runIf(requireTools(['unshare']))('a tree on a disk that is read-only', () => {
  test('is judged, and --fix says which files it could not change', async () => {
    await withTree(UNITS, async directory => {
      const script =
        'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && exec "$2" "$3" --check "$1" --fix';
      const args = ['--mount', 'sh', '-c', script, 'sh', directory, process.execPath, CLI];
      const { status, stdout, stderr } = await runCommand('unshare', args);
      expect(stderr).toMatch(
        /error: \d of \d files not changed \(first: \S+\)\n {2}why: read-only file system\n/,
      );
      expect(status).toBe(6);
      expect(stdout).toContain('TX202');
      expect(readFileSync(join(directory, 'units/ours.service'), 'utf8')).toBe(SERVICE);
    });
  });
});
