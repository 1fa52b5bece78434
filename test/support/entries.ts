import type { Entry, EntryKind } from '../../src/analyze/entry.ts';
import { bytesContent } from '../../src/content.ts';

type Spec =
  | string
  | { readonly link: string }
  | { readonly hard: string }
  | EntryKind
  | Partial<Entry>;

/**
 * Entries from a short table: a string is a file's text, `null` a directory, `{link}` a symbolic and `{hard}` a hard
 * link. Missing parents are added, as the door does.
 */
export function entriesOf(table: Readonly<Record<string, Spec | null>>): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const add = (path: string, rest: EntryKind & Partial<Entry>) => {
    const meta = {
      path,
      mode: rest.kind === 'directory' ? 0o755 : 0o644,
      uid: 0,
      gid: 0,
      mtime: 0,
    };
    entries.set(path, { ...meta, xattrs: new Map(), ...rest } as Entry);
  };
  const paths = Object.keys(table);
  const parents = paths.flatMap(path =>
    path.split('/').map((_, depth, parts) => parts.slice(0, depth).join('/')),
  );
  for (const parent of new Set(parents)) if (parent !== '') add(parent, { kind: 'directory' });
  for (const [path, spec] of Object.entries(table)) add(path, kindOf(spec));
  return new Map([...entries].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
}

function kindOf(spec: Spec | null): EntryKind & Partial<Entry> {
  if (spec === null) return { kind: 'directory' };
  if (typeof spec === 'string') return { kind: 'file', content: bytesContent(Buffer.from(spec)) };
  if ('link' in spec) return { kind: 'symlink', target: spec.link };
  if ('hard' in spec) return { kind: 'hardlink', target: spec.hard };
  return spec as EntryKind & Partial<Entry>;
}
