import { scriptLines } from '../../../rewrite/script-lines.ts';
import { type Document, isCopy } from '../document.ts';
import { isMakefile } from '../document-kind.ts';
import { dockerfileMentions } from './dockerfile-mentions.ts';
import { isGuarded } from './document-guards.ts';
import { makefileMentions } from './makefile-mentions.ts';
import { type Mention, weaker } from './mention.ts';
import { shellMentions } from './shell-mentions.ts';
import { mentionsWithScript, scriptSections } from './shell-sections.ts';
import { textMentions } from './text-mentions.ts';
import { type UnitSurroundings, unitMentions } from './unit-mentions.ts';

/** The references of a document, without those of the documents that are embedded in it. */
export function findMentions(document: Document, surroundings: UnitSurroundings): Mention[] {
  const mentions = mentionsOf(document, surroundings);
  const own =
    document.children.length === 0
      ? mentions
      : mentions.filter(({ start }) => !document.embedded.has(start));
  const limit = isCopy(document) ? 'note' : 'soft';
  return own.map(mention =>
    limit === 'note' || isGuarded(document, mention.start)
      ? { ...mention, strength: weaker(mention.strength, limit) }
      : mention,
  );
}

function mentionsOf(document: Document, surroundings: UnitSurroundings): Mention[] {
  if (document.unit) return unitMentions(document.unit, surroundings);
  switch (document.kind) {
    case 'shell':
      return shellMentions(withoutText(document));
    case 'crontab':
      return shellMentions(crontabCommands(document));
    case 'dockerfile':
      return dockerfileMentions(document);
    case 'encoded':
      return [];
    default:
      return isMakefile(document.nodePath)
        ? makefileMentions(document)
        : settingsMentions(document);
  }
}

function settingsMentions(document: Document): Mention[] {
  const { kind, text } = document;
  const script =
    kind === 'settings' && /torcx|TORCX_/.test(text) ? scriptSections(text) : undefined;
  return script === undefined ? textMentions(document) : mentionsWithScript(document, script);
}

/** The script with its comments, here-documents and a byte order mark blanked out, so that each offset stays. */
function withoutText({ text }: Document): string {
  return scriptLines(text, 'shell')
    .map(line => (line.kind === 'code' ? line.text : ' '.repeat(line.text.length)) + line.eol)
    .join('')
    .replace(/^\ufeff/, ' ');
}

/** The fields of the time, and in a system's crontab that of the user, blanked out: `*` would be a word of the command. */
function crontabCommands({ text, nodePath }: Document): string {
  const fields = nodePath.startsWith('/etc/') ? CRONTAB_WITH_USERS : CRONTAB;
  return text.replace(fields, match => ' '.repeat(match.length));
}

const CRONTAB = /^[ \t]*(?:@\w+|(?:[\d*/,A-Za-z-]+[ \t]+){5})/gm;
const CRONTAB_WITH_USERS =
  /^[ \t]*(?:@\w+|[\d*/,A-Za-z-]+(?:[ \t]+[\d*/,A-Za-z-]+){4})[ \t]+[\w.-]+(?=[ \t])/gm;
