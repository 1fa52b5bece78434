import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TEXT = readFileSync(join(ROOT, 'ARCHITECTURE.md'), 'utf8');
const SOURCES = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).map(
  path => `src/${path}`,
);

/** What stands between backquotes, in the code map alone or everywhere. */
function quoted(text: string): string[] {
  return [...text.matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);
}

describe('ARCHITECTURE.md', () => {
  const map = TEXT.slice(TEXT.indexOf('## Code map'), TEXT.indexOf('## Invariants'));

  it('names every leaf in its code map', () => {
    const leaves = SOURCES.filter(path => /^src\/[^/]+\.(?:ts|js)$/.test(path));
    const named = new Set(quoted(map).map(name => basename(name)));
    expect(leaves.filter(path => !named.has(basename(path)))).toEqual([]);
  });

  it('has a row for every folder of the source', () => {
    const folders = new Set(SOURCES.flatMap(path => /^(src\/[^/]+)\//.exec(path)?.[1] ?? []));
    const rows = quoted(map.match(/^\| `[^|]+\|/gm)?.join('\n') ?? '');
    expect([...folders].filter(folder => !rows.includes(`${folder}/`))).toEqual([]);
  });

  it('names no file or folder that is not there', () => {
    const all = readdirSync(ROOT, { withFileTypes: true })
      .filter(({ name }) => !['node_modules', 'dist', '.git'].includes(name))
      .flatMap(entry =>
        entry.isDirectory()
          ? readdirSync(join(ROOT, entry.name), { recursive: true, encoding: 'utf8' })
              .map(path => `/${entry.name}/${path}`)
              .concat(`/${entry.name}`)
          : [`/${entry.name}`],
      );
    const isBuilt = (name: string) => name.startsWith('dist/');
    const names = quoted(TEXT).filter(name =>
      /^(?:[\w./-]+\.(?:ts|tsx|js|mjs|cjs|md)|(?:src|test|docs)\/[\w/-]*)$/.test(name),
    );
    const isThere = (name: string) =>
      all.some(path => path.endsWith(`/${name.replace(/^\/|\/$/g, '')}`));
    expect(names.filter(name => !isBuilt(name) && !isThere(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(50);
  });
});
