import type { FileSystem } from '../../image-format.ts';
import { EXT_FIRST_INODE, EXT_INODE_BYTES, extBlocks, extInodes } from './ext-size.ts';
import type { ProgramCall } from './program.ts';
import { PAGE_BYTES, type TreeFacts, treeUuid } from './tree-facts.ts';

/** How images of a file system are made, and by what. */
export interface Maker {
  /** What makes them, and the package that it is in. */
  readonly program: string;
  readonly package: string;
  /** Prints the version. */
  readonly version: readonly string[];
  /** A tree whose files do not belong to root is all the same root's in the image. */
  readonly ownsAll: boolean;
  /** Another run gives the same bytes. */
  readonly isReproducible: boolean;
  /** Bytes that the image's file must have before; absent where the program decides. */
  size?(facts: TreeFacts): number;
  /** The calls that make the image, in their order. */
  calls(request: MakeRequest): readonly ProgramCall[];
  /** The call that finds no fault in a good one. */
  check(image: string): ProgramCall;
  /** The call that copies all of an image into an empty directory. */
  extract(image: string, directory: string): ProgramCall;
}

export interface MakeRequest {
  readonly facts: TreeFacts;
  /** The directory that holds the tree, and the file that becomes the image: absolute. */
  readonly tree: string;
  readonly image: string;
  /** Seconds. */
  readonly sourceDateEpoch: number;
}

export const MAKERS: Readonly<Record<FileSystem, Maker>> = {
  erofs: {
    program: 'mkfs.erofs',
    package: 'erofs-utils',
    version: ['--version'],
    ownsAll: true,
    isReproducible: true,
    calls: ({ facts, tree, image, sourceDateEpoch }) => [
      {
        program: 'mkfs.erofs',
        args: [
          ...['--quiet', '-zlz4hc', `-T${sourceDateEpoch}`, `-U${treeUuid(facts)}`, '--all-root'],
          // Without attributes of its own a tree gets none from where it waits either, such as SELinux labels.
          ...(facts.attributed === 0 ? ['-x-1'] : []),
          image,
          tree,
        ],
      },
    ],
    // Without the option compressed files are not looked into.
    check: image => ({ program: 'fsck.erofs', args: ['--extract', image] }),
    extract: (image, directory) => ({
      program: 'fsck.erofs',
      args: [`--extract=${directory}`, '--overwrite', '--no-preserve', image],
    }),
  },
  ext4: ext('ext4'),
  ext2: ext('ext2'),
  btrfs: {
    program: 'mkfs.btrfs',
    package: 'btrfs-progs',
    version: ['--version'],
    ownsAll: false,
    // It draws identifiers of devices and chunks by lot, and asks the clock.
    isReproducible: false,
    calls: ({ facts, tree, image }) => [
      {
        program: 'mkfs.btrfs',
        args: [
          ...['-q', '-f', '-U', treeUuid(facts), '-m', 'single', '-d', 'single'],
          ...['-r', tree, '--shrink', image],
        ],
      },
    ],
    check: image => ({ program: 'btrfs', args: ['check', '--readonly', image] }),
    extract: (image, directory) => ({
      program: 'btrfs',
      args: ['restore', '--symlinks', image, directory],
    }),
  },
};

/**
 * Features that every kernel since 2.6.28 has and that no configuration of the machine changes. Nothing writes to the
 * image, so there is no journal.
 */
const FEATURES = {
  ext2: 'filetype,ext_attr,dir_index,sparse_super,large_file',
  ext4: 'filetype,ext_attr,dir_index,sparse_super,large_file,extent,huge_file,extra_isize,dir_nlink,metadata_csum',
} as const;

function ext(format: 'ext2' | 'ext4'): Maker {
  return {
    program: 'mke2fs',
    package: 'e2fsprogs',
    version: ['-V'],
    ownsAll: false,
    isReproducible: true,
    size: facts => extBlocks(format, facts) * PAGE_BYTES,
    calls: request => [makeExt(format, request), setTimes(request)],
    check: image => ({ program: 'e2fsck', args: ['-fn', image] }),
    extract: (image, directory) => ({
      program: 'debugfs',
      // It takes a command line apart at spaces, and two quotes within quotes for one.
      args: ['-R', `rdump / "${directory.replaceAll('"', '""')}"`, image],
    }),
  };
}

function makeExt(
  format: 'ext2' | 'ext4',
  { facts, tree, image, sourceDateEpoch }: MakeRequest,
): ProgramCall {
  const uuid = treeUuid(facts);
  const extended = [`hash_seed=${uuid}`, 'root_owner=0:0', 'lazy_itable_init=0', 'nodiscard'];
  return {
    program: 'mke2fs',
    args: [
      ...['-q', '-F', '-t', format, '-b', `${PAGE_BYTES}`, '-I', `${EXT_INODE_BYTES}`, '-m', '0'],
      ...['-N', `${extInodes(facts)}`, '-U', uuid, '-E', extended.join(',')],
      ...['-O', `none,${FEATURES[format]}`, '-d', tree, image],
    ],
    environment: environment(sourceDateEpoch),
  };
}

/** mke2fs gives each inode the times that its file has at that moment; numbers are given in the order of the names. */
function setTimes({ facts, image, sourceDateEpoch }: MakeRequest): ProgramCall {
  const time = `@${sourceDateEpoch}`;
  const numbers = Array.from(
    { length: facts.inodes + 1 },
    (_, index) => EXT_FIRST_INODE - 1 + index,
  );
  const set = (inode: number, field: string) => `set_inode_field <${inode}> ${field} ${time}\n`;
  const lines = [
    ...[2, EXT_FIRST_INODE - 1].map(inode => set(inode, 'mtime')),
    ...[2, ...numbers].flatMap(inode =>
      ['atime', 'ctime', 'crtime'].map(field => set(inode, field)),
    ),
  ];
  return {
    program: 'debugfs',
    args: ['-w', '-f', '-', image],
    environment: environment(sourceDateEpoch),
    input: lines.join(''),
  };
}

/** A time of 0 would be none to e2fsprogs; its configuration could change what an image is. */
function environment(sourceDateEpoch: number): Record<string, string> {
  return { E2FSPROGS_FAKE_TIME: `${Math.max(1, sourceDateEpoch)}`, MKE2FS_CONFIG: '/dev/null' };
}
