import type { ExpandedTable } from './check-layout.ts';
import { MAX_SYMLINK_LENGTH, NONE, refToU64 } from './format.ts';
import { countWords, type Inode } from './inodes.ts';
import { readInode } from './read-inode.ts';

/** What the inodes of an image may refer to. */
export interface InodeBounds {
  readonly blockSize: number;
  readonly inodeCount: number;
  readonly idCount: number;
  readonly xattrCount: number;
  readonly fragmentCount: number;
}

export interface CheckedInodes {
  /** By reference, as a u64. */
  readonly byRef: ReadonlyMap<bigint, Inode>;
  /** References by inode number − 1. */
  readonly refs: readonly bigint[];
}

/** Reads all inodes one after the other, and judges each by itself. @throws RangeError */
export async function checkInodes(
  table: ExpandedTable,
  bounds: InodeBounds,
): Promise<CheckedInodes> {
  const byRef = new Map<bigint, Inode>();
  const refs: bigint[] = [];
  let position = 0;
  const take = async (length: number) => {
    position += length;
    if (position > table.bytes.length) throw new RangeError('the last inode is cut off');
    return table.bytes.subarray(position - length, position);
  };
  while (position < table.bytes.length) {
    const ref = refToU64(table.refOf(position));
    const inode = await readInode(take, {
      blockSize: bounds.blockSize,
      maxWords: table.bytes.length / 4,
      withIndex: true,
    });
    checkNumber(inode, refs, bounds);
    checkFields(inode, bounds);
    byRef.set(ref, inode);
    refs[inode.number - 1] = ref;
  }
  if (byRef.size !== bounds.inodeCount) {
    throw new RangeError(`${byRef.size} inodes instead of ${bounds.inodeCount}`);
  }
  return { byRef, refs };
}

/** The kernel caches inodes by number: two with one number are one file to it, silently. */
function checkNumber(
  { number }: Inode,
  refs: readonly bigint[],
  { inodeCount }: InodeBounds,
): void {
  if (number < 1 || number > inodeCount)
    throw new RangeError(`inode number ${number} is not in 1…${inodeCount}`);
  if (refs[number - 1] !== undefined) throw new RangeError(`two inodes have the number ${number}`);
}

function checkFields(inode: Inode, bounds: InodeBounds): void {
  const fail = (reason: string) => new RangeError(`inode ${inode.number}: ${reason}`);
  if (inode.mode > 0o7777) throw fail('its mode has type bits');
  if (inode.uid >= bounds.idCount || inode.gid >= bounds.idCount)
    throw fail('its owner is not in the id table');
  if (inode.xattr !== NONE && inode.xattr >= bounds.xattrCount)
    throw fail('its attributes are not in the table');
  if (inode.links < 1) throw fail('it has no links');
  if (inode.type === 'symlink') {
    const { length } = inode.target;
    if (length < 1 || length > MAX_SYMLINK_LENGTH) throw fail(`its target has ${length} bytes`);
  }
  if (inode.type === 'file') checkFile(inode, bounds, fail);
}

function checkFile(
  file: Inode & { type: 'file' },
  { blockSize, fragmentCount }: InodeBounds,
  fail: (reason: string) => RangeError,
): void {
  const tail = file.size % blockSize;
  if (file.words.length !== countWords(file.size, blockSize, file.fragment !== NONE)) {
    throw fail('its number of blocks does not fit its size');
  }
  if (file.sparse > 0 && file.sparse >= file.size) throw fail('it has more holes than bytes');
  if (file.fragment === NONE) {
    if (file.fragmentOffset !== 0) throw fail('a fragment offset without fragment');
    return;
  }
  if (tail === 0) throw fail('a fragment without a tail');
  if (file.fragment >= fragmentCount) throw fail(`there is no fragment ${file.fragment}`);
  if (file.fragmentOffset + tail > blockSize) throw fail('its tail does not fit into the fragment');
}
