import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where inputs live that are too large to commit and too slow to make for each run. */
export function cacheDirectory(): string {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'torcx2sysext');
}
