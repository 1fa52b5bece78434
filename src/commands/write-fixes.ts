import { makeFix } from './make-fix.ts';
import type { FixPlan } from './plan-fixes.ts';

/** What became of a plan: the paths that were changed, and why others were not. */
export interface WrittenFixes {
  readonly fixed: readonly string[];
  readonly unfixed: readonly { readonly path: string; readonly reason: string }[];
}

export interface WriteFixesOptions {
  readonly backupDirectory?: string;
  /** Once it is aborted no other file is begun. */
  readonly signal?: AbortSignal;
  /** @param done how many files were tried */
  onFile?(done: number): void;
  onFixed?(path: string): void;
}

/** Changes the files, one after the other and each as a whole. A file that cannot be changed keeps no other from it. */
export async function writeFixes(
  plan: FixPlan,
  { backupDirectory, signal, onFile, onFixed }: WriteFixesOptions,
): Promise<WrittenFixes> {
  const fixed: string[] = [];
  const unfixed = [...plan.unfixed];
  for (const [index, fix] of plan.fixes.entries()) {
    if (signal?.aborted) break;
    onFile?.(index);
    const reason = await makeFix(fix, backupDirectory);
    const { path } = fix.file;
    if (reason === undefined) {
      fixed.push(path);
      onFixed?.(path);
    } else unfixed.push({ path, reason });
  }
  return { fixed, unfixed };
}
