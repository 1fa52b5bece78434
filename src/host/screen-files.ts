import { closeSync, openSync, readSync } from 'node:fs';
import { isUtf8Name } from '../path-text.ts';
import { READ_FLAGS } from './read-flags.ts';

/** Tells which files need a closer look. */
export interface Screen {
  /** Whether the files of a directory need one for its place alone, which ends with a slash. */
  isMeantDirectory(place: string): boolean;
  /** Whether a file needs one for its name alone. */
  isMeantName(name: string): boolean;
  /**
   * Whether each of many files needs one for what it says.
   * @param bytes of all files, one behind the other; the array is reused afterwards
   * @param ends for each file the offset behind it
   */
  mayMatter(bytes: Buffer, ends: readonly number[]): readonly boolean[];
}

export interface ScreenedDirectory {
  /** Both end with a slash. */
  readonly place: string;
  readonly diskPath: string;
  /** Of its files. */
  readonly names: readonly string[];
}

/** A larger file is not looked at here. */
const LARGEST = 1 << 16;

/** Small enough for the cache of a processor, and for so many small files that their number does not matter. */
const scratch = Buffer.allocUnsafeSlow(LARGEST * 4);

/**
 * Which files of a directory cannot be passed over; whoever walks the tree reads them once more, with what it has to know
 * about them. Synchronous, with three system calls for each: for many small ones a trip through the thread pool costs six
 * times what the calls do.
 */
export function screenFiles(
  { place, diskPath, names }: ScreenedDirectory,
  screen: Screen,
): readonly string[] {
  // A name that is no UTF-8 could be taken for another one here.
  if (screen.isMeantDirectory(place) || !isUtf8Name(diskPath + names.join('/'))) return names;
  const kept: string[] = [];
  let batch: string[] = [];
  let ends: number[] = [];
  let length = 0;
  const search = () => {
    const matters = screen.mayMatter(scratch.subarray(0, length), ends);
    for (const [at, name] of batch.entries()) if (matters[at]) kept.push(name);
    batch = [];
    ends = [];
    length = 0;
  };
  for (const name of names) {
    const size = screen.isMeantName(name) ? undefined : readSmall(diskPath + name, length);
    if (size === undefined) {
      kept.push(name);
      continue;
    }
    length += size;
    batch.push(name);
    ends.push(length);
    if (length + LARGEST > scratch.length) search();
  }
  search();
  return kept;
}

/** Reads a file into the scratch. @returns its size; undefined when it is large, or cannot be read */
function readSmall(diskPath: string, position: number): number | undefined {
  let file: number | undefined;
  try {
    file = openSync(diskPath, READ_FLAGS);
    const count = readSync(file, scratch, position, LARGEST, 0);
    // A regular file gives at once all that it has (read(2)), so less than was asked for is everything.
    return count < LARGEST ? count : undefined;
  } catch {
    return;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}
