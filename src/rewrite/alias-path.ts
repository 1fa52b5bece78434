import { findTorcxReferences } from '../analyze/torcx-reference.ts';
import {
  expandVariables,
  isReplacement,
  type ResolveScope,
  resolveReference,
} from './resolve-reference.ts';

/**
 * The Torcx directory that `value` is, when the directory itself has no successor and only what is below it has:
 * `$TORCX_UNPACKDIR` or `/run/torcx/unpack/zfs`. A variable with such a value can be resolved where it is used.
 */
export function aliasPath(
  value: string,
  scope: ResolveScope,
  aliases?: ReadonlyMap<string, string>,
): string | undefined {
  const [reference, ...others] = findTorcxReferences(value, aliases ? { aliases } : {});
  if (!reference || others.length > 0 || reference.meaning.kind !== 'unpack') return;
  const tail = expandVariables(reference.tail, scope);
  const isWhole =
    reference.start === 0 &&
    /^\/*$/.test(value.slice(reference.end + reference.tail.length)) &&
    (tail === '' || tail?.startsWith('/'));
  if (!isWhole || reference.operator !== undefined) return;
  if (isReplacement(resolveReference(reference, scope))) return;
  const { image, imageDir, path = '' } = reference.meaning;
  const directory = imageDir ? (scope.constants.get('TORCX_IMAGEDIR') ?? scope.imageName) : image;
  return `/run/torcx/unpack/${directory ?? ''}/${path}${tail}`;
}
