import { closeSync, openSync, readSync } from 'node:fs';
import { READ_FLAGS } from './read-flags.ts';
import { systemName } from './system-name.ts';

/** Tells which files need a closer look. */
export interface Screen {
  /** Whether a file needs one for its place alone. */
  mattersByPlace(place: string): boolean;
  /**
   * Whether each of many files needs one for what it says.
   * @param bytes of all files, one behind the other; the array is reused afterwards
   * @param ends for each file the offset behind it
   */
  mayMatter(bytes: Buffer, ends: readonly number[]): readonly boolean[];
}

interface Place {
  readonly place: string;
  readonly diskPath: string;
}

/** A larger file is not looked at here. */
const LARGEST = 1 << 16;

/** Small enough for the cache of a processor, and for so many small files that their number does not matter. */
const scratch = Buffer.allocUnsafeSlow(LARGEST * 4);

/**
 * Whether each of the files can be passed over; whoever walks the tree reads the others once more, with what it has to
 * know about them. Synchronous, with three system calls for each: for many small ones a trip through the thread pool costs
 * six times what the calls do.
 */
export function screenFiles(files: readonly Place[], screen: Screen): readonly boolean[] {
  const passed = files.map(() => false);
  let batch: number[] = [];
  let ends: number[] = [];
  let length = 0;
  const search = () => {
    const matters = screen.mayMatter(scratch.subarray(0, length), ends);
    for (const [at, index] of batch.entries()) passed[index] = matters[at] === false;
    batch = [];
    ends = [];
    length = 0;
  };
  for (const [index, { place, diskPath }] of files.entries()) {
    if (screen.mattersByPlace(place)) continue;
    const size = readSmall(diskPath, length);
    if (size === undefined) continue;
    length += size;
    batch.push(index);
    ends.push(length);
    if (length + LARGEST > scratch.length) search();
  }
  search();
  return passed;
}

/** Reads a file into the scratch. @returns its size; undefined when it is large, or cannot be read */
function readSmall(diskPath: string, position: number): number | undefined {
  let file: number | undefined;
  try {
    file = openSync(systemName(diskPath), READ_FLAGS);
    const count = readSync(file, scratch, position, LARGEST, 0);
    // A regular file gives at once all that it has (read(2)), so less than was asked for is everything.
    return count < LARGEST ? count : undefined;
  } catch {
    return;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
