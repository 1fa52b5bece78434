import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { extensionReleaseNode } from '../../src/builder/extension-release.ts';
import { buildFilesystem } from '../../src/builder/filesystem/build-filesystem.ts';
import type { ImageNode } from '../../src/builder/image-node.ts';
import { createOutputFile } from '../../src/host/output-file.ts';
import { runAsRoot } from '../../src/host/run-as-root.ts';
import { runProgram } from '../../src/host/run-program.ts';
import { createStagingTree } from '../../src/host/staging-tree.ts';
import { FILE_SYSTEMS, type FileSystem } from '../../src/image-format.ts';
import { conformanceTrees } from '../support/conformance-trees.ts';
import { directory, file, noise, prose, withParents } from '../support/image-trees.ts';
import { randomTree } from '../support/random-tree.ts';
import { REPOSITORY } from './support/convert.ts';
import { makeDebianRoot } from './support/debian-root.ts';
import { inNamespace } from './support/in-namespace.ts';
import { fixtureArchive } from './support/inputs.ts';
import { inMergedRoot } from './support/merged-root.ts';
import { requireTools } from './support/require-tools.ts';
import { type CommandResult, runChecked, runCommand } from './support/run-command.ts';
import { expectedListing, LIST_TREE_SCRIPT, parseListing } from './support/tree-listing.ts';

const ready = requireTools([
  'btrfs',
  'debootstrap',
  'mke2fs',
  'mkfs.btrfs',
  'mkfs.erofs',
  'setfattr',
  'systemd-sysext',
  'unshare',
]);

const NAME = 'x';
const CLI = join(REPOSITORY, 'dist/cli.js');

describe.runIf(ready)('images of other file systems', () => {
  const work = mkdtempSync(join(tmpdir(), 'e2e-image-formats-'));
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  describe.each(FILE_SYSTEMS)('%s', format => {
    test('the kernel reads what was to be written, whatever the tree', async () => {
      await judge(format, strangeTree(format));
    });

    test('and of random trees', async () => {
      const property = fc.asyncProperty(randomTree, nodes =>
        judge(format, asExtension(nodes.filter(possibleIn(format)), 'usr/tree')),
      );
      await fc.assert(property, { numRuns: 3, interruptAfterTimeLimit: 60_000 });
    });
  });

  async function judge(format: FileSystem, nodes: readonly ImageNode[]): Promise<void> {
    const image = join(work, 'judged.raw');
    await build(format, nodes, image);
    const extension = { name: NAME, id: '_any', reloadManager: false };
    const all = withParents([...nodes, extensionReleaseNode(extension, 0)]);
    const expected = (await expectedListing(all)).map(comparable(format));
    const found = parseListing(Buffer.from(await listMounted(image))).map(comparable(format));
    expect(found.filter(({ path }) => path !== LOST_AND_FOUND)).toEqual(expected);
  }

  const LOST_AND_FOUND = Buffer.from('lost+found').toString('hex');

  type Listed = ReturnType<typeof parseListing>[number];

  /** What file systems have in common: each counts links in its own way, and these have no time of their own anywhere. */
  function comparable(format: FileSystem) {
    return ({ links: _, ...node }: Listed) => {
      const isSymlink = node.what.startsWith('symlink');
      // The root has the time of the making, or of no importance.
      const isUntimed = format === 'erofs' || node.path === '2e';
      return {
        ...node,
        ...(isSymlink && { sameAs: node.path }),
        ...(isUntimed && { mtime: 0 }),
      };
    };
  }

  async function build(format: FileSystem, nodes: readonly ImageNode[], path: string) {
    const image = await createOutputFile(path, { force: true });
    const [staging, extracted] = [await createStagingTree(work), await createStagingTree(work)];
    try {
      const extension = { name: NAME, id: '_any', reloadManager: false };
      const host = { staging, extracted, image, run: runProgram, runAsRoot };
      const aids = { onBytes: () => undefined, onCheck: () => undefined };
      const request = { format, nodes, extension, sourceDateEpoch: 0, verify: true };
      const built = await buildFilesystem(request, host, aids);
      await image.commit();
      const bytes = readFileSync(path);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      expect(built).toMatchObject({ size: bytes.length, sha256 });
    } finally {
      await image.abort();
      await staging.remove();
      await extracted.remove();
    }
  }

  async function listMounted(image: string): Promise<string> {
    const script = `
      mount -t tmpfs tmpfs /mnt && mkdir /mnt/image && mount -o loop,ro "$IMAGE" /mnt/image
      python3 -c "$LIST" /mnt/image`;
    const variables = { IMAGE: image, LIST: LIST_TREE_SCRIPT };
    const { status, stdout, stderr } = await inNamespace({ script, variables });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout;
  }

  describe('by the command', () => {
    const tree = join(work, 'tree');
    const root = join(work, 'root');
    const raw = (name: string) => join(work, `${name}.raw`);

    beforeAll(async () => {
      mkdirSync(join(tree, 'usr/bin'), { recursive: true });
      await runChecked('cp', ['/usr/bin/true', join(tree, 'usr/bin/tool')]);
      chmodSync(join(tree, 'usr/bin/tool'), 0o4755);
      await runChecked('setfattr', ['-n', 'security.capability', '-v', CAPABILITY, tool(tree)]);
      await runChecked('cp', ['-a', '/usr/share/zoneinfo/Europe', join(tree, 'usr/zone')]);
      await makeDebianRoot(root);
    });

    const CAPABILITY = '0x0100000200040000000000000000000000000000';
    const tool = (root: string) => join(root, 'usr/bin/tool');

    const bake = (name: string, ...args: readonly string[]): Promise<CommandResult> =>
      runCommand(process.execPath, bakeArguments(name, args));
    const bakeArguments = (name: string, args: readonly string[]) => {
      const usual = ['--os', '_any', '--no-report', '-q', '--force', '-o', raw(name)];
      return [CLI, '--bake', tree, name, ...usual, ...args];
    };

    test.each(['squashfs', ...FILE_SYSTEMS])('systemd-sysext merges %s', async format => {
      expect(await bake(format, '--image-format', format)).toMatchObject({ status: 0 });
      const script = `
        stat --format '%a %U:%G' "$ROOT/usr/bin/tool" "$ROOT/usr/bin"
        getfattr --only-values --match security.capability "$ROOT/usr/bin/tool" 2> /dev/null | base64
        chroot "$ROOT" /usr/bin/tool
        diff -r --no-dereference "$TREE/usr/zone" "$ROOT/usr/zone"`;
      const variables = { TREE: tree };
      const images = [raw(format)];
      const { status, stdout, stderr } = await inMergedRoot({ root, images, script, variables });
      const capability = Buffer.from(CAPABILITY.slice(2), 'hex').toString('base64');
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      expect(stdout.split('\n')).toEqual(['4755 root:root', '755 root:root', capability, '']);
    });

    test.each(FILE_SYSTEMS)(
      '%s has the same bytes from everywhere, or says that it has not',
      async format => {
        const args = ['--image-format', format];
        const first = await bake('first', ...args);
        // Another file system, in whose directories names have another order, and not root.
        const script = `
        mount -t tmpfs tmpfs /mnt && mkdir -m 777 /mnt/staging /mnt/out && cp -r "$TREE" /mnt/tree
        setfattr -n security.capability -v ${CAPABILITY} /mnt/tree/usr/bin/tool
        chmod 4755 /mnt/tree/usr/bin/tool
        as_nobody() { setpriv --reuid nobody --regid nogroup --clear-groups env TMPDIR=/mnt/staging "$@"; }
        as_nobody "$NODE" "$CLI" --bake /mnt/tree first --image-format ${format} --os _any --no-report -q \
          -o /mnt/out/first.raw > /dev/null
        ls -A /mnt/staging
        sha256sum < /mnt/out/first.raw`;
        const variables = { TREE: tree, NODE: process.execPath, CLI };
        const second = await inNamespace({ script, variables });
        const sum = createHash('sha256')
          .update(readFileSync(raw('first')))
          .digest('hex');
        expect(second.status, second.stderr).toBe(0);
        const isSame = second.stdout === `${sum}  -\n`;
        const saysSo = /never makes the same bytes twice/;
        expect(isSame).toBe(format !== 'btrfs');
        for (const { stderr } of [first, second]) expect(saysSo.test(stderr)).toBe(!isSame);
      },
    );

    test('a conversion has the same tree in every format', async () => {
      const archive = fixtureArchive({
        fixture: 'flatcar-style',
        torcxName: 'docker:20',
        directory: work,
      });
      const listing = async (format: string, like: FileSystem) => {
        const image = raw(`converted-${format}`);
        const times = ['--source-date-epoch', '1600000000'];
        const options = ['--image-format', format, ...times, '-o', image, '--no-report', '-qf'];
        await runChecked(process.execPath, [CLI, archive, 'docker', ...options]);
        const nodes = parseListing(Buffer.from(await listMounted(image)));
        return nodes.filter(({ path }) => path !== LOST_AND_FOUND).map(comparable(like));
      };
      for (const format of FILE_SYSTEMS) {
        expect(await listing(format, format)).toEqual(await listing('squashfs', format));
      }
    });

    test.each([
      ['mke2fs', 'ext4', 'e2fsprogs'],
      ['mkfs.erofs', 'erofs', 'erofs-utils'],
      ['mkfs.btrfs', 'btrfs', 'btrfs-progs'],
      ['fsck.erofs', 'erofs', 'erofs-utils'],
      ['setfattr', 'erofs', 'attr'],
    ])(
      'without %s there is no %s image, but the package is named',
      async (program, format, name) => {
        const script = `
        mount -t tmpfs tmpfs /mnt && mkdir /mnt/upper /mnt/work /mnt/out /mnt/staging
        mount -t overlay -o lowerdir=/usr,upperdir=/mnt/upper,workdir=/mnt/work overlay /usr
        rm "$(command -v ${program})"
        status=0
        TMPDIR=/mnt/staging "$NODE" "$CLI" --bake "$TREE" x --image-format ${format} -q -o /mnt/out/ || status=$?
        ls -A /mnt/out /mnt/staging
        exit $status`;
        const variables = { TREE: tree, NODE: process.execPath, CLI };
        const { status, stdout, stderr } = await inNamespace({ script, variables });
        expect({ status, stdout }).toEqual({ status: 7, stdout: '/mnt/out:\n\n/mnt/staging:\n' });
        expect(stderr).toContain(`${program}`);
        expect(stderr).toContain(`install the package ${name}`);
      },
    );

    test.each(
      FILE_SYSTEMS.flatMap(format => [[format, 'out'] as const, [format, 'staging'] as const]),
    )('%s: a full disk at %s leaves nothing behind', async (format, full) => {
      const script = `
        mount -t tmpfs tmpfs /mnt && mkdir /mnt/out /mnt/staging && mount -t tmpfs -o size=64k tmpfs /mnt/$FULL
        status=0
        TMPDIR=/mnt/staging "$NODE" "$CLI" --bake "$TREE" x --image-format ${format} -q -o /mnt/out/ || status=$?
        ls -A /mnt/out /mnt/staging
        exit $status`;
      const variables = { TREE: tree, NODE: process.execPath, CLI, FULL: full };
      const { status, stdout, stderr } = await inNamespace({ script, variables });
      expect(stderr).toMatch(/^torcx2sysext: error: no space left on /);
      expect({ status, stdout }).toEqual({ status: 6, stdout: '/mnt/out:\n\n/mnt/staging:\n' });
    });

    test('a signal at any moment leaves nothing behind', async () => {
      const script = `
        mount -t tmpfs tmpfs /mnt && mkdir /mnt/out /mnt/staging
        for format in erofs ext4 btrfs; do
          for delay in 0.3 0.6 1; do
            TMPDIR=/mnt/staging "$NODE" "$CLI" --bake "$TREE" x --image-format $format -q --no-report -f -o /mnt/out/ &
            sleep $delay
            kill -TERM $! 2> /dev/null || true
            status=0
            wait $! || status=$?
            case $status in 0 | 143) ;; *) echo "$format after $delay: $status" ;; esac
            ls -A /mnt/staging
            ls -A /mnt/out | { grep -v '^x.raw$' || true; }
          done
        done > /mnt/said
        grep -v '^wrote' /mnt/said || true`;
      const variables = { TREE: tree, NODE: process.execPath, CLI };
      expect((await inNamespace({ script, variables })).stdout).toBe('');
    });

    test('an image that its own file system finds a fault in gets no name', async () => {
      const broken = join(work, 'broken/usr/lib');
      mkdirSync(broken, { recursive: true });
      symlinkSync('x'.repeat(4095), join(broken, 'link'));
      const args = ['--image-format', 'btrfs', '--no-report', '-q', '-o', raw('broken')];
      const command = [CLI, '--bake', join(work, 'broken'), ...args];
      const { status, stderr } = await runCommand(process.execPath, command);
      expect(stderr).toMatch(/^torcx2sysext: error: the new image failed its check: btrfs: /);
      expect(stderr).toMatch(/ {2}why: this is a defect of mkfs.btrfs, or of the disk\n/);
      expect({ status, isThere: existsSync(raw('broken')) }).toEqual({
        status: 70,
        isThere: false,
      });
    });

    test('nothing is left where the images were made', () => {
      expect(readdirSync(work).filter(name => name.startsWith('.'))).toEqual([]);
    });
  });

  test('a tree of many small files, and one large, fit at the first try', async () => {
    const many = Array.from({ length: 2500 }, (_, index) => file(`usr/m/${index}`, `${index}`));
    for (const format of ['ext4', 'ext2'] as const) {
      let tries = 0;
      for (const nodes of [many, [file('usr/large', noise(20 << 20))], [file('usr/a', prose(1))]]) {
        const image = await createOutputFile(join(work, 'sized.raw'), { force: true });
        const [staging, extracted] = [await createStagingTree(work), await createStagingTree(work)];
        const run: typeof runProgram = call => {
          if (call.program === 'mke2fs' && call.args.includes('-d')) tries += 1;
          return runProgram(call);
        };
        const host = { staging, extracted, image, run, runAsRoot: run };
        const extension = { name: NAME, id: '_any', reloadManager: false };
        const request = { format, nodes, extension, sourceDateEpoch: 0, verify: false };
        await buildFilesystem(request, host, {
          onBytes: () => undefined,
          onCheck: () => undefined,
        });
        await image.abort();
        await staging.remove();
        await extracted.remove();
      }
      expect([format, tries]).toEqual([format, 3]);
    }
  });
});

/** Whatever a writer of file systems is known to fail at, in one tree. */
function strangeTree(format: FileSystem): ImageNode[] {
  const chosen = conformanceTrees(128 * 1024).filter(([name]) => STRANGE.has(name));
  return chosen.flatMap(([, makeNodes], index) => {
    return asExtension(makeNodes().filter(possibleIn(format)), `usr/${index}`);
  });
}

function possibleIn(format: FileSystem): (node: ImageNode) => boolean {
  return POSSIBLE[format] ?? (() => true);
}

/** Without the longest that there are, at which these programs fail; both are noticed. */
const POSSIBLE: Readonly<Partial<Record<FileSystem, (node: ImageNode) => boolean>>> = {
  // mkfs.erofs 1.5
  erofs: ({ path }) => path.split('/').every(name => name.length < 255),
  // mkfs.btrfs 6.2
  btrfs: node => node.kind !== 'symlink' || node.target.length < 4095,
};

const STRANGE = new Set([
  'tails only',
  'files one byte around a block',
  'holes',
  '300 names in a directory',
  'hard links to everything',
  'extended attributes on everything',
  'long and strange names',
  'modes, owners and times',
  'long link targets',
  'deep directories',
]);

/** What of a tree may be in an extension, below /usr, and as an extension has it. */
function asExtension(nodes: readonly ImageNode[], place = 'usr'): ImageNode[] {
  const isKept = ({ kind, path }: ImageNode) =>
    path !== '' && ['file', 'directory', 'symlink', 'hardlink'].includes(kind);
  const kept = nodes.filter(isKept);
  const names = new Set(kept.map(({ path }) => path));
  return kept.flatMap((node): ImageNode[] => {
    const path = `${place}/${node.path}`;
    // Later than 2038 is too late for ext2.
    const mtime = Math.min(node.mtime, 2 ** 31 - 1);
    if (node.kind === 'hardlink') {
      return names.has(node.target) ? [{ ...node, path, target: `${place}/${node.target}` }] : [];
    }
    const xattrs = new Map([...node.xattrs].filter(([name]) => isCommon(name, node)));
    if (node.kind === 'directory') return [directory(path, { mtime, xattrs })];
    const mode = node.kind === 'symlink' ? 0o777 : node.mode;
    return [{ ...node, path, mode, uid: 0, gid: 0, mtime, xattrs }];
  });
}

/** Overlayfs's own are not allowed in an extension; a symbolic link has none that an image could keep everywhere. */
function isCommon(name: string, { kind }: ImageNode): boolean {
  return !name.startsWith('trusted.') && kind !== 'symlink';
}
