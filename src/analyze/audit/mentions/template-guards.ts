import { findTorcxReferences } from '../../torcx-reference.ts';
import type { GuardRanges, Range } from './guard-ranges.ts';

interface Branch {
  /** Which branch needs something of Torcx: the one that is read, the other one, or neither. */
  needs: 'this' | 'other' | undefined;
  start: number;
}

/**
 * The parts of a template that are there only where something of Torcx is: `{% if … %}` of Jinja, `ifneq` of make.
 * Conditions that only name a variable of the template's own say nothing.
 */
export function templateGuards(text: string, language: 'jinja' | 'make'): GuardRanges {
  const asked: Range[] = [];
  const guarded: Range[] = [];
  const open: Branch[] = [];
  const close = (end: number) => {
    const last = open.at(-1);
    if (last?.needs === 'this') guarded.push({ start: last.start, end });
    return last;
  };
  for (const { 0: tag, 1: keyword = '', 2: condition = '', index } of text.matchAll(
    TAGS[language],
  )) {
    const end = index + tag.length;
    const needs = NEEDS[language](keyword, condition);
    if (needs) asked.push({ start: index, end });
    if (/^if/.test(keyword)) {
      open.push({ needs, start: end });
      continue;
    }
    const branch = close(index);
    if (/^end/.test(keyword)) open.pop();
    else if (branch) {
      branch.needs = keyword === 'else' && branch.needs === 'other' ? 'this' : needs;
      branch.start = end;
    }
  }
  return { asked, guarded };
}

const TAGS = {
  jinja: /\{%[-+]?\s*(if|elif|else|endif)\b([^%]*)%\}/g,
  make: /^[ ]*(ifn?eq|ifn?def|else|endif)\b([^\n]*)/gm,
};

const NEEDS = {
  jinja: (_: string, condition: string) => neededByJinja(condition),
  make: neededByMake,
};

function neededByJinja(condition: string): Branch['needs'] {
  if (findTorcxReferences(condition).length === 0 || !/exists|isfile|isdir|\bin\b/.test(condition))
    return;
  return /^\s*not\b/.test(condition) ? 'other' : 'this';
}

/** `ifneq ($(wildcard FILE),)` holds where the file is. */
function neededByMake(keyword: string, condition: string): Branch['needs'] {
  if (!/wildcard|shell/.test(condition) || findTorcxReferences(condition).length === 0) return;
  if (!/(?:,\s*\)|(?:""|'')\s*)$/.test(condition.trimEnd())) return;
  return keyword === 'ifneq' ? 'this' : 'other';
}
