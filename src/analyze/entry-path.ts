import { ToolError } from '../errors.ts';
import { fitsBytes } from '../path-text.ts';
import { MAX_COMPONENT_BYTES, MAX_DEPTH, MAX_PATH_BYTES } from './archive-limits.ts';

/**
 * The path that an archive's name stands for: relative to the image's root, without `.`, empty components and
 * slashes at its end. The root itself is the empty path. This is the only place where names are made into paths.
 * @throws ToolError `unsafe-entry` for a name that leaves the image or cannot exist on Linux
 */
export function entryPath(name: string): string {
  if (name === '') throw unsafe(name, 'has no name');
  if (name.includes('\0')) throw unsafe(name, 'has a NUL in its name');
  if (name.startsWith('/')) throw unsafe(name, 'is absolute');
  const components = name.split('/').filter(component => component !== '' && component !== '.');
  if (components.includes('..')) throw unsafe(name, 'leaves the image');
  if (components.length > MAX_DEPTH) throw unsafe(name, `lies more than ${MAX_DEPTH} levels deep`);
  for (const component of components) {
    if (fitsBytes(component, MAX_COMPONENT_BYTES)) continue;
    throw unsafe(name, `has a component of more than ${MAX_COMPONENT_BYTES} bytes`);
  }
  const path = components.join('/');
  if (!fitsBytes(path, MAX_PATH_BYTES)) {
    throw unsafe(name, `has a path of more than ${MAX_PATH_BYTES} bytes`);
  }
  return path;
}

/**
 * Checks that Linux can have the symbolic link at `path`. Where it leads is not asked here: what climbs out of the image
 * may be left out.
 * @throws ToolError `unsafe-entry`
 */
export function assertSymlinkTarget(path: string, target: string): void {
  if (target === '') throw unsafe(path, 'is a symbolic link to nothing');
  if (target.includes('\0')) throw unsafe(path, 'has a NUL in its link target');
  if (!fitsBytes(target, MAX_PATH_BYTES)) {
    throw unsafe(path, `has a link target of more than ${MAX_PATH_BYTES} bytes`);
  }
}

/**
 * The entry's path for a path that a manifest has written, absolute to the image's root, the leading slash or not;
 * `..` is taken by its text, as Go's filepath.Join does. undefined when it leaves the image.
 */
export function normalizeImagePath(text: string): string | undefined {
  if (text === '' || text.includes('\0')) return undefined;
  const components: string[] = [];
  for (const component of text.split('/')) {
    if (component === '' || component === '.') continue;
    if (component !== '..') components.push(component);
    else if (components.pop() === undefined) return undefined;
  }
  return components.join('/');
}

/** The error for an entry that must not become a part of an image (TX612). */
export function unsafe(entry: string, reason: string): ToolError {
  return new ToolError('unsafe-entry', { entry, reason });
}
