import type { Entry } from '../../src/analyze/entry.ts';
import { bytesContent, type Content } from '../../src/content.ts';
import type { FileNodeKind, FileNodeMeta } from '../../src/file-node.ts';

type Node = FileNodeKind & Partial<FileNodeMeta>;

/** A file without a content is empty. */
type FileSpec = { readonly kind: 'file'; readonly content?: Content } & Partial<FileNodeMeta>;

type Spec = string | { readonly link: string } | { readonly hard: string } | FileSpec | Node;

/**
 * Entries from a short table: a string is a file's text, `null` a directory, `{link}` a symbolic and `{hard}` a hard
 * link. Missing parents are added, as the door does.
 */
export function entriesOf(table: Readonly<Record<string, Spec | null>>): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const add = (path: string, node: Node) => {
    const mode = node.kind === 'directory' ? 0o755 : 0o644;
    entries.set(path, { path, mode, uid: 0, gid: 0, mtime: 0, xattrs: new Map(), ...node });
  };
  const paths = Object.keys(table);
  const parents = paths.flatMap(path =>
    path.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/')),
  );
  for (const parent of new Set(parents)) if (parent !== '') add(parent, { kind: 'directory' });
  for (const [path, spec] of Object.entries(table)) add(path, nodeOf(spec));
  return new Map([...entries].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
}

function nodeOf(spec: Spec | null): Node {
  if (spec === null) return { kind: 'directory' };
  if (typeof spec === 'string') return { kind: 'file', content: bytesContent(Buffer.from(spec)) };
  if ('link' in spec) return { kind: 'symlink', target: spec.link };
  if ('hard' in spec) return { kind: 'hardlink', target: spec.hard };
  if (spec.kind !== 'file') return spec;
  return { ...spec, content: spec.content ?? bytesContent(new Uint8Array()) };
}
