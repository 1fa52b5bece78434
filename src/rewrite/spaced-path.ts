import type { TorcxReference } from '../analyze/torcx-reference.ts';
import type { ResolveScope } from './resolve-reference.ts';

/** No name of a program or file that anybody calls in a script is longer. */
const LONGEST_REST = 200;

/**
 * What takes the place of a reference whose last name goes on behind a space, as in `"/run/torcx/bin/my tool"`: the
 * finder ends at the space, because most spaces end a path.
 * @returns undefined when nothing of the image is called so, or nothing that the text behind the space still fits
 */
export function spacedPath(
  text: string,
  { meaning, tail, end }: TorcxReference,
  scope: ResolveScope,
): string | undefined {
  const [known, place] =
    meaning.kind === 'bin'
      ? [meaning.name, (name: string) => scope.mapBin(name)]
      : meaning.kind === 'unpack' && meaning.image === scope.imageName
        ? [meaning.path, (path: string) => scope.mapPath(path)]
        : [];
  if (known === undefined || place === undefined || tail !== '') return undefined;
  const [rest = ''] = /^(?:\\? [\w.+@/-]+)+/.exec(text.slice(end, end + LONGEST_REST)) ?? [];
  for (let more = rest; more !== ''; more = more.replace(/\\? [^ ]*$/, '')) {
    const name = more.replaceAll('\\ ', ' ');
    const final = place(known + name);
    if (final?.endsWith(name)) return final.slice(0, -name.length);
  }
  return undefined;
}
