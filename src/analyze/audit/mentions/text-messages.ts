import type { Document } from '../document.ts';
import { isSearched } from './search-keys.ts';
import { isSentence } from './sentence.ts';

interface Place {
  readonly document: Document;
  readonly offset: number;
  /** The line up to the offset, as far as it is near. */
  readonly before: string;
  /** What follows in the line. */
  readonly behind: string;
}

/** Whether nothing depends on what stands at a place: it is said to people, searched for, or left out. */
export function isOnlySaid({ document: { kind, text }, offset, before, behind }: Place): boolean {
  if (kind === 'source') return isText(before, behind) || isDocString(text, offset);
  if (SAID_OF.test(behind)) return true;
  if (HAS_MESSAGES.has(kind) && (MESSAGE_KEY.test(before) || isSearched(before))) return true;
  return isQuotedSentence(before);
}

/** @param before the line up to the place in question */
export function isComment(before: string, kind: Document['kind']): boolean {
  if (kind === 'json') return false;
  if (/^\s*(?:#|;|\/\/|\/?\*|--|<!--|\{\{-?\s*\/\*)/.test(before)) return true;
  const unquoted = before.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, '""');
  return kind === 'source' ? /(?:^|\s)(?:#|\/\/)\s/.test(unquoted) : /\s#+\s/.test(unquoted);
}

/** Kinds of texts in which some keys are for people. */
export const HAS_MESSAGES: ReadonlySet<string> = new Set(['yaml', 'json', 'terraform', 'settings']);

/** What somebody says of the thing that he names first. */
const SAID_OF = /^\s+(?:is|was|has|had|does|did|reached|failed|missing|gone)(?![\w-])/;

/** `Note = "it was in /run/…"`. */
function isQuotedSentence(before: string): boolean {
  const near = before.slice(-LONGEST_SENTENCE);
  const [lead = '', text] =
    /["']([^"']*)$/.exec(near) ?? /(?<=:\s+)([^"'\s[{&|>].*)$/.exec(near) ?? [];
  if (text === undefined) return false;
  const key = /([\w-]+)["']?\s*[:=]\s*$/.exec(near.slice(0, near.length - lead.length))?.[1];
  return isSentence({ before: text, ...(key !== undefined && { name: key }) });
}

const LONGEST_SENTENCE = 300;

/** Sentences for people, whatever reads the rest of the file. */
const MESSAGE_KEY =
  /^\s*(?:-\s+)?["']?(?:(?:desc(?:ription)?|summary|message|comment|title|help|note|reason|msg)["']?\s*[:=]|(?:name|output|text)["']?\s*[:=]\s*["']?[A-Za-z][\w-]*\s)/i;

/** Far enough for what somebody writes about a function. */
const LONGEST_DOC_STRING = 4000;

/** Within triple quotes that begin a line of their own. */
function isDocString(text: string, offset: number): boolean {
  const before = text.slice(Math.max(0, offset - LONGEST_DOC_STRING), offset);
  const quotes = before.split(/"""|'''/);
  return quotes.length % 2 === 0 && /(?:^|\n)[ \t]*[rbu]*$/.test(quotes.at(-2) ?? '');
}

/** Search patterns, replacements and messages of a program. */
const PATTERN_BEFORE =
  /(?:\bre\.\w+|\.(?:sub|gsub|replace(?:All)?|match(?:All)?|search|test|split|contains|includes|starts_?with|ends_?with|startsWith|endsWith|index_?of|find|findall|strip|trim\w*|count)|strings\.\w+|regexp\.\w+|Regex\w*(?:::new)?|re\.compile|=~|\bgrep|\bsed)\s*\(?[^()]*$/i;
const MESSAGE_BEFORE =
  /\b(?:print|println|printf|echo|puts|warn|warning|log|logger|info|debug|error|errorf|fatal|fatalf|panic|raise|throw|help|usage|description|Exception|Error)\w*[\s(.:=][^;]*$/i;

function isText(before: string, behind: string): boolean {
  if (PATTERN_BEFORE.test(before.slice(-200)) || /^["']?\s+(?:not\s+)?in\s+\w/.test(behind))
    return true;
  if (
    MESSAGE_BEFORE.test(before.slice(-200)) &&
    !/\b(?:run|exec|command|spawn|system|popen|call)\w*\s*\(/i.test(before)
  )
    return true;
  // It is to be missing.
  if (/\bassert\w*\s*\(?\s*(?:not\b|!)/.test(before)) return true;
  // A sentence, not a path: words stand before it within the string.
  const literal = /["'`]([^"'`]*)$/.exec(before)?.[1] ?? '';
  return isSentence({ before: literal });
}
