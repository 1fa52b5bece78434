import type { Inspection } from '../analyze/inspect.ts';
import { freePath } from './free-path.ts';
import type { EntriesPlan } from './plan-entries.ts';
import type { Step } from './step.ts';
import { tmpfilesPath, tmpfilesPaths, tmpfilesText } from './tmpfiles.ts';

/**
 * The file by which the extension `name` gets in place what belongs outside /usr and /opt. The image's own tmpfiles.d
 * files know better about what they name, and systemd-tmpfiles takes one line for a path, by the names of the files.
 */
export function tmpfilesSteps(
  { outside, steps }: Pick<EntriesPlan, 'outside' | 'steps'>,
  facts: Inspection['facts'],
  name: string,
): Step[] {
  const own = ownTmpfilesPaths(steps, facts);
  const items = outside.filter(({ path }) => !own.has(path));
  if (items.length === 0) return [];
  const taken = new Set(steps.flatMap(step => (step.do === 'drop' ? [] : [step.to])));
  return [
    {
      do: 'create',
      to: freePath(tmpfilesPath(name), path => taken.has(path)),
      made: { text: tmpfilesText(items) },
      because: 'puts in place what belongs outside /usr and /opt',
    },
  ];
}

/** Paths that the image's own tmpfiles.d files make something of. */
export function ownTmpfilesPaths(
  steps: readonly Step[],
  facts: Inspection['facts'],
): ReadonlySet<string> {
  const paths = steps.flatMap(step => {
    if (step.do === 'drop' || !/^usr\/lib\/tmpfiles\.d\/[^/]+\.conf$/.test(step.to)) return [];
    if (step.do === 'rewrite') return tmpfilesPaths(step.text);
    return step.do === 'copy' ? tmpfilesPaths(facts.get(step.entry.path)?.text ?? '') : [];
  });
  return new Set(paths);
}
