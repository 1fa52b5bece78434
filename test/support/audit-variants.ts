import { readdirSync, readFileSync } from 'node:fs';
import type { NodeFiles } from './audit-files.ts';

/** A tree and what the audit has to say of it. */
export interface AuditVariant {
  readonly title: string;
  readonly files: NodeFiles;
  /** As `summary` has it: `line rule severity`, with the path before it where there are several files. */
  readonly expected: readonly string[];
}

const DIRECTORY = new URL('../analyze/audit/variants/', import.meta.url);

/**
 * The trees of `test/analyze/audit/variants`: spellings and carriers that people use, and what only looks like one.
 * `### ` begins a tree with its title, `=== ` a file with its path (`PATH -> TARGET`: a link), `>>> ` is a finding.
 */
export function auditVariants(): AuditVariant[] {
  return readdirSync(DIRECTORY)
    .sort()
    .flatMap(name => variantsOf(readFileSync(new URL(name, DIRECTORY), 'utf8')));
}

function variantsOf(text: string): AuditVariant[] {
  const [, ...blocks] = text.split(/^### /m);
  return blocks.map(block => {
    const title = block.slice(0, block.indexOf('\n'));
    const [, ...parts] = block.split(/^=== /m);
    const expected = [...block.matchAll(/^>>> (.*)$/gm)].map(([, finding = '']) => finding);
    return { title, files: Object.fromEntries(parts.map(fileOf)), expected };
  });
}

function fileOf(part: string): [string, string | { readonly link: string }] {
  const head = part.slice(0, part.indexOf('\n'));
  const [path = '', target] = head.split(' -> ');
  if (target !== undefined) return [path, { link: target }];
  const content = part.slice(head.length + 1).replace(/^>>> [\s\S]*/m, '');
  return [path, content.replace(/\n*$/, '\n')];
}
