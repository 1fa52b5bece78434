import type { Strength } from './mention.ts';

/** What stands around the name of a variable in its line. */
interface Surroundings {
  readonly before: string;
  readonly behind: string;
}

/**
 * How much it matters to a program that is no shell script that nothing sets the variable whose name stands here, or
 * undefined where the program does not ask its environment for it.
 */
export function lookUpStrength({ before, behind }: Surroundings): Strength | undefined {
  // A KeyError; what is assigned or deleted is not asked for.
  if (/\benviron\[["']$/.test(before) && !/\bdel\s[^;]*$/.test(before)) {
    return /^["']\]\s*=(?!=)/.test(behind) ? 'soft' : 'hard';
  }
  if (!ASKS.test(before)) return;
  return HAS_DEFAULT.test(behind) ? 'inert' : 'soft';
}

const ASKS =
  /(?:\benviron\.get\(|\b[gG]etenv\(|\bLookupEnv\(|\benv::var\(|\bENV\[|\bENV\.fetch\(|\bprocess\.env\[)["']$|\bprocess\.env\.$/;
const HAS_DEFAULT = /^["']?\s*(?:,|[\])]?\s*(?:\?\?|\|\||or\b))/;
