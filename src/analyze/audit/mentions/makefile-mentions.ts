import type { Document } from '../document.ts';
import { type Mention, weaker } from './mention.ts';
import { shellMentions } from './shell-mentions.ts';
import { blank } from './shell-sections.ts';
import { textMentions } from './text-mentions.ts';

/** Recipes are scripts, a line each; what else a makefile says are settings. */
export function makefileMentions(document: Document): Mention[] {
  const { text, lines } = document;
  const recipes = text.replace(/^(?!\t).*$/gm, blank).replace(PREFIX, blank);
  const inShell = new Map(shellMentions(recipes).map(mention => [mention.start, mention]));
  return textMentions(document).map(mention => {
    const command = inShell.get(mention.start);
    if (!command) return mention;
    const start = lines.start(lines.lineAt(command.start));
    const isForgiven = /^\t[@+]*-/.test(text.slice(start, start + 5));
    return isForgiven ? { ...command, strength: weaker(command.strength, 'soft') } : command;
  });
}

/** Make takes these away before the shell sees the line. */
const PREFIX = /^\t[ \t]*[@+-]+/gm;
