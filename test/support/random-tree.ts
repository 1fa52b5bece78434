import fc from 'fast-check';
import type { ImageNode } from '../../src/builder/image-node.ts';
import { pathText } from '../../src/path-text.ts';
import {
  device,
  directory,
  file,
  hardlink,
  noise,
  prose,
  special,
  symlink,
} from './image-trees.ts';

/** Any bytes but NUL and slash, so mostly no UTF-8; short, so that trees get deep and names alike. */
const name = fc
  .oneof(
    fc.constantFrom('a', 'b', 'usr', 'lib', '-', ' ', 'é', '\u{1f40b}', 'ÿ', 'Z'),
    fc
      .uint8Array({ minLength: 1, maxLength: 5 })
      .map(bytes => pathText(bytes.map(byte => byte || 1))),
    fc.integer({ min: 200, max: 255 }).map(length => 'n'.repeat(length)),
  )
  .map(text => text.replaceAll('/', '_'))
  .filter(text => text !== '.' && text !== '..');

const BLOCK_SIZE = 4096;

const content = fc
  .record({
    length: fc.oneof(
      fc.constantFrom(0, 1, BLOCK_SIZE - 1, BLOCK_SIZE, BLOCK_SIZE + 1, 3 * BLOCK_SIZE),
      fc.nat(5 * BLOCK_SIZE),
    ),
    fill: fc.constantFrom('noise', 'prose', 'zero'),
    seed: fc.integer({ min: 1, max: 3 }),
    hole: fc.nat(4),
  })
  .map(({ length, fill, seed, hole }) => {
    const bytes =
      fill === 'zero'
        ? new Uint8Array(length)
        : { noise, prose }[fill === 'noise' ? 'noise' : 'prose'](length, seed);
    return new Uint8Array(bytes).fill(0, hole * BLOCK_SIZE, hole > 2 ? (hole + 1) * BLOCK_SIZE : 0);
  });

const xattrs = fc
  .uniqueArray(
    fc.tuple(
      // Not security.capability: the kernel refuses to give away values of it that make no sense.
      fc.constantFrom('user.a', 'user.b', 'trusted.overlay.opaque', 'security.note'),
      fc.uint8Array({ maxLength: 40 }),
    ),
    { selector: ([key]) => key, maxLength: 2 },
  )
  .map(pairs => new Map(pairs));

const meta = fc.record({
  mode: fc.nat(0o7777),
  uid: fc.constantFrom(0, 1000, 0xffff_fffe),
  gid: fc.constantFrom(0, 1000, 5),
  mtime: fc.constantFrom(0, 1_700_000_000, 0xffff_ffff),
  xattrs: fc.oneof(
    { weight: 3, arbitrary: fc.constant(new Map()) },
    { weight: 1, arbitrary: xattrs },
  ),
});

const node = fc
  .record({
    path: fc.array(name, { minLength: 1, maxLength: 4 }).map(parts => parts.join('/')),
    kind: fc.constantFrom(
      'file',
      'file',
      'file',
      'directory',
      'symlink',
      'hardlink',
      'device',
      'fifo',
      'socket',
    ),
    content,
    meta,
    target: name,
    number: fc.tuple(fc.nat(4095), fc.nat(1048575)),
  })
  .map(({ path, kind, content: bytes, meta: attributes, target, number }): ImageNode => {
    if (kind === 'file') return file(path, bytes, attributes);
    if (kind === 'directory') return directory(path, attributes);
    if (kind === 'symlink') return symlink(path, target, withoutUser(attributes));
    if (kind === 'hardlink') return hardlink(path, '');
    if (kind === 'device') return device(path, 'char-device', number, withoutUser(attributes));
    return special(path, kind === 'fifo' ? 'fifo' : 'socket', withoutUser(attributes));
  });

/** The kernel knows `user.` attributes on files and directories only. */
function withoutUser<M extends { readonly xattrs: ReadonlyMap<string, Uint8Array> }>(
  attributes: M,
): M {
  const kept = [...attributes.xattrs].filter(([key]) => !key.startsWith('user.'));
  return { ...attributes, xattrs: new Map(kept) };
}

/** Trees that writeImage accepts, in random order, for blocks of 4 KiB. */
export const randomTree: fc.Arbitrary<ImageNode[]> = fc
  .array(node, { maxLength: 40 })
  .map(nodes => linkAll(acceptable(nodes)));

/** Drops what lies at a path that is taken, and what lies below something that is no directory. */
function acceptable(nodes: readonly ImageNode[]): ImageNode[] {
  const kept = new Map<string, ImageNode>();
  const parents = new Set<string>();
  for (const candidate of nodes) {
    const ancestors = ancestorsOf(candidate.path);
    const blocked = ancestors.some(path => (kept.get(path)?.kind ?? 'directory') !== 'directory');
    const replacesParent = candidate.kind !== 'directory' && parents.has(candidate.path);
    if (blocked || replacesParent || kept.has(candidate.path)) continue;
    kept.set(candidate.path, candidate);
    for (const path of ancestors) parents.add(path);
  }
  return [...kept.values()];
}

function ancestorsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** A hard link gets one of the other nodes for its target, or goes when there is none. */
function linkAll(nodes: readonly ImageNode[]): ImageNode[] {
  const targets = nodes.filter(({ kind }) => kind !== 'directory' && kind !== 'hardlink');
  return nodes.flatMap((candidate, index) => {
    if (candidate.kind !== 'hardlink') return [candidate];
    const target = targets[index % Math.max(1, targets.length)];
    return target ? [hardlink(candidate.path, target.path)] : [];
  });
}
