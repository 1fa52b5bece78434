import { findTorcxReferences } from '../analyze/torcx-reference.ts';
import {
  expandVariables,
  isReplacement,
  type ResolveScope,
  resolveReference,
} from './resolve-reference.ts';

/** Torcx's environment file, which scripts read and ask for. */
export const SEAL_PATH = '/run/metadata/torcx';

/**
 * The Torcx directory that `value` is, when the directory itself has no successor and only what is below it has:
 * `$TORCX_UNPACKDIR` or `/run/torcx/unpack/zfs`; or the environment file. A variable with such a value can be resolved
 * where it is used.
 */
export function aliasPath(
  value: string,
  scope: ResolveScope,
  aliases?: ReadonlyMap<string, string>,
): string | undefined {
  const [reference, ...others] = findTorcxReferences(value, aliases ? { aliases } : {});
  if (!reference || others.length > 0) return;
  if (reference.meaning.kind === 'seal') return reference.text === value ? SEAL_PATH : undefined;
  if (reference.meaning.kind !== 'unpack') return;
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
