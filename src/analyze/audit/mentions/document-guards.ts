import { oncePerObject } from '../../../once-per-object.ts';
import type { Document } from '../document.ts';
import { isMakefile } from '../document-kind.ts';
import { RangeSet } from '../range-set.ts';
import { declaredGuards } from './declared-guards.ts';
import type { GuardRanges } from './guard-ranges.ts';
import type { Strength } from './mention.ts';
import { taskGuards } from './task-guards.ts';
import { templateGuards } from './template-guards.ts';

/** How much it matters what a document only looks for at the offset; undefined where it does more than that. */
export function questionStrength(document: Document, offset: number): Strength | undefined {
  const { asked, required, settled } = guardsOf(document);
  if (!asked.has(offset)) return;
  if (settled.has(offset)) return 'inert';
  return required.has(offset) ? 'hard' : 'soft';
}

/** Whether what stands at the offset, in whatever carrier, is done only where Torcx is, or is a command that may fail. */
export function isGuarded(document: Document, offset: number): boolean {
  return guardsOf(document).forgiven.has(offset) || isInGuarded(document, offset);
}

function isInGuarded(document: Document, offset: number): boolean {
  if (guardsOf(document).guarded.has(offset)) return true;
  const { parent } = document;
  if (!parent) return false;
  const { start } = parent.embedding;
  // What a command writes before it fails stays.
  const isCommand = document.kind === 'shell' || document.kind === 'settings';
  if (isCommand && guardsOf(parent.document).forgiven.has(start)) return true;
  return isInGuarded(parent.document, start);
}

const guardsOf = oncePerObject((document: Document) => {
  const readers = rangesOf(document);
  const all = (key: keyof GuardRanges) =>
    new RangeSet(readers.flatMap(ranges => ranges[key] ?? []));
  return {
    asked: all('asked'),
    required: all('required'),
    settled: all('settled'),
    guarded: all('guarded'),
    forgiven: all('forgiven'),
  };
});

function rangesOf({ kind, text, nodePath }: Document): readonly GuardRanges[] {
  switch (kind) {
    case 'yaml':
      return [taskGuards(text), templateGuards(text, 'jinja')];
    case 'source':
      return [declaredGuards(text)];
    case 'settings':
      return isMakefile(nodePath)
        ? [templateGuards(text, 'make')]
        : [declaredGuards(text), templateGuards(text, 'jinja')];
    default:
      return [];
  }
}
