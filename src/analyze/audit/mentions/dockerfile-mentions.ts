import type { Document } from '../document.ts';
import { RangeSet } from '../range-set.ts';
import type { Mention } from './mention.ts';
import { shellMentions } from './shell-mentions.ts';
import { blank } from './shell-sections.ts';
import { textMentions } from './text-mentions.ts';

interface Instruction {
  readonly name: string;
  /** Range of what stands behind the name, continued lines included. */
  readonly start: number;
  readonly end: number;
}

/** Commands in shell form are scripts; what else a Dockerfile says are settings, paths or notes. */
export function dockerfileMentions(document: Document): Mention[] {
  const { text } = document;
  const instructions = [...dockerInstructions(text)];
  const scripts = instructions.filter(instruction => isScript(text, instruction));
  const inShell = new Map(
    shellMentions(onlyRanges(text, scripts)).map(mention => [mention.start, mention]),
  );
  const ran = new RangeSet(scripts);
  const noted = new RangeSet(
    instructions.filter(({ name }) => /^(?:LABEL|MAINTAINER)$/.test(name)),
  );
  // A volume of that name only makes an empty directory.
  const made = new RangeSet(instructions.filter(({ name }) => name === 'VOLUME'));
  return textMentions(document).flatMap(mention => {
    const { start } = mention;
    if (ran.has(start)) return inShell.get(start) ?? [];
    if (noted.has(start)) return { ...mention, strength: 'inert' };
    return made.has(start) && mention.strength === 'hard'
      ? { ...mention, strength: 'soft' }
      : mention;
  });
}

function* dockerInstructions(text: string): Generator<Instruction> {
  // Comments and blank lines within a continued instruction do not end it.
  const pattern =
    /^[ \t]*([A-Za-z]+)[ \t]+((?:[^\n\\]|\\(?!\r?\n)|\\\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*)*)/gm;
  for (const match of text.matchAll(pattern)) {
    const [whole, name = '', rest = ''] = match;
    const end = match.index + whole.length;
    yield { name: name.toUpperCase(), start: end - rest.length, end };
  }
}

function isScript(text: string, { name, start }: Instruction): boolean {
  if (!/^(?:RUN|CMD|ENTRYPOINT|HEALTHCHECK)$/.test(name)) return false;
  return text.charAt(start) !== '[';
}

/** The ranges alone, each at its place, as lines of a script; comments within them do not count either. */
function onlyRanges(text: string, ranges: readonly Instruction[]): string {
  let result = '';
  for (const { name, start, end } of ranges) {
    const options = name === 'HEALTHCHECK' ? /^(?:--\S+\s+)*CMD/ : /^(?:--\S+[ \t]+)*/;
    const command = text
      .slice(start, end)
      .replace(options, match => ' '.repeat(match.length))
      .replace(/(?<=\\\r?\n)(?:[ \t]*#[^\n]*(?:\n|$))+/g, match => match.replace(/[^\n]/g, ' '));
    result += blank(text.slice(result.length, start)) + command;
  }
  return result;
}
