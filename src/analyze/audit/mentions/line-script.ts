import type { Strength } from './mention.ts';
import { shellMentions } from './shell-mentions.ts';

/** Generated lines are longer, and are none for a shell. */
const LONGEST_LINE = 20_000;

/** What a shell would make of the references of one line of a text, by their place in the line. */
export function lineStrengths(line: string): ReadonlyMap<number, Strength> {
  if (line.length > LONGEST_LINE || !/&&|\|\|/.test(line)) return new Map();
  return new Map(shellMentions(commandOf(line)).map(({ start, strength }) => [start, strength]));
}

/** The value of a setting, or the quoted text that names Torcx first; what is around it blanked out. */
function commandOf(line: string): string {
  const at = line.search(/torcx|TORCX_/);
  const quoted = /^(.*[:=,([]\s*(["'`]))/.exec(line.slice(0, at));
  const lead = quoted?.[1] ?? /^\s*(?:-\s+)?[\w.-]+\s*[:=]\s+/.exec(line)?.[0] ?? '';
  const rest = line.slice(lead.length);
  const end = quoted?.[2] === undefined ? -1 : rest.lastIndexOf(quoted[2]);
  return ' '.repeat(lead.length) + (end < 0 ? rest : rest.slice(0, end));
}
