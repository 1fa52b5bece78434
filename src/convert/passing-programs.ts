import type { Inspection } from '../analyze/inspect.ts';
import { absoluteTarget } from './absolute-target.ts';
import { mergedPath } from './merged-path.ts';
import type { Step } from './step.ts';
import { stepLink } from './step-link.ts';

/** Linux gives up after 40 links (ELOOP). */
const MAX_LINKS = 40;

/** Answers whether the program that the extension has at an absolute path is a script that does its work and ends. */
export function passingPrograms(
  steps: readonly Step[],
  { facts }: Inspection,
): (path: string) => boolean {
  const places = new Map(steps.flatMap(step => (step.do === 'drop' ? [] : [[step.to, step]])));
  const passes = (path: string, hops: number): boolean => {
    const step = places.get(mergedPath(path));
    const target = step && stepLink(step);
    if (step && target !== undefined && hops > 0)
      return passes(absoluteTarget(step.to, target), hops - 1);
    const isEntry = step?.do === 'copy' || step?.do === 'rewrite';
    return isEntry && facts.get(step.entry.path)?.passes === true;
  };
  return path => path.startsWith('/') && passes(path, MAX_LINKS);
}
