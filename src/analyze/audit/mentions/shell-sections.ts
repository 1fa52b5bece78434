import type { Document } from '../document.ts';
import type { Mention } from './mention.ts';
import { shellMentions } from './shell-mentions.ts';
import { textMentions } from './text-mentions.ts';

/**
 * The references of a text of which only some lines are for a shell.
 * @param script those lines, and all others blanked out, so that each offset stays
 */
export function mentionsWithScript(document: Document, script: string): Mention[] {
  const inShell = new Map(shellMentions(script).map(mention => [mention.start, mention]));
  return textMentions(document).map(mention => inShell.get(mention.start) ?? mention);
}

/** What logrotate, kickstart and the recipes of rpm have between two lines of their own; undefined where there is none. */
export function scriptSections(text: string): string | undefined {
  if (!/^[ \t]*(?:prerotate|postrotate|firstaction|lastaction|preremove|%pre|%post)\b/m.test(text))
    return;
  let isScript = false;
  return text.replace(/^.*$/gm, line => {
    const begins = /^\s*(?:(?:pre|post)rotate|(?:first|last)action|preremove)\s*$|^%(?:pre|post)/;
    if (/^\s*endscript\s*$|^%(?!\{)/.test(line)) isScript = false;
    const kept = isScript ? line : blank(line);
    if (begins.test(line)) isScript = true;
    return kept;
  });
}

/** Spaces in the place of all characters but line ends. */
export function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ');
}
