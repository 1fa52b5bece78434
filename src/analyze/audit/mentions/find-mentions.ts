import { scriptLines } from '../../../rewrite/script-lines.ts';
import type { Document } from '../document.ts';
import { RangeSet } from '../range-set.ts';
import type { Mention } from './mention.ts';
import { shellMentions } from './shell-mentions.ts';
import { textMentions } from './text-mentions.ts';
import { type UnitSurroundings, unitMentions } from './unit-mentions.ts';

/** The references of a document, without those of the documents that are embedded in it. */
export function findMentions(document: Document, surroundings: UnitSurroundings): Mention[] {
  const mentions = mentionsOf(document, surroundings);
  if (document.children.length === 0) return mentions;
  return mentions.filter(({ start }) => !document.embedded.has(start));
}

function mentionsOf(document: Document, surroundings: UnitSurroundings): Mention[] {
  if (document.unit) return unitMentions(document.unit, surroundings);
  switch (document.kind) {
    case 'shell':
      return shellMentions(withoutText(document));
    case 'crontab':
      return shellMentions(crontabCommands(document.text));
    case 'dockerfile':
      return dockerfileMentions(document);
    case 'encoded':
      return [];
    default:
      return textMentions(document);
  }
}

/** The script with its comments and here-documents blanked out, so that each offset stays. */
function withoutText({ text }: Document): string {
  return scriptLines(text, 'shell')
    .map(line => (line.kind === 'code' ? line.text : ' '.repeat(line.text.length)) + line.eol)
    .join('');
}

/** The five fields of the time (and the user) blanked out; `*` would be a word of the command. */
function crontabCommands(text: string): string {
  return text.replace(/^[ \t]*(?:@\w+|(?:[\d*/,A-Za-z-]+[ \t]+){5})/gm, match =>
    ' '.repeat(match.length),
  );
}

/** `RUN` lines are commands; `ENV`, `COPY` and the rest are settings. */
function dockerfileMentions(document: Document): Mention[] {
  const commands = document.text.replace(/^\s*(?:RUN|CMD|ENTRYPOINT)\s(?=[^[])/gim, match =>
    ' '.repeat(match.length),
  );
  const inShell = new Map(shellMentions(commands).map(mention => [mention.start, mention]));
  const runs = runRanges(document.text);
  return textMentions(document).map(mention => {
    return (runs.has(mention.start) && inShell.get(mention.start)) || mention;
  });
}

function runRanges(text: string): RangeSet {
  const runs = [...text.matchAll(/^\s*RUN\s(?:[^\n\\]|\\[\s\S])*/gim)].map(match => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
  return new RangeSet(runs);
}
