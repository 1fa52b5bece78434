import type { ShellCommand } from './shell-commands.ts';

/** What a command asks about a variable. */
export interface FlagQuestion {
  readonly name: string;
  /** The value that the variable is compared with; undefined: whether it has any. */
  readonly value: string | undefined;
  readonly isNegated: boolean;
}

/** `$legacy`, `[ "$legacy" = true ]`, `[[ -n $legacy ]]`. */
export function flagQuestion({ words, keywords }: ShellCommand): FlagQuestion | undefined {
  const [first = '', ...rest] = words.map(({ text }) => text);
  const isNegated = keywords.includes('!');
  if (words.length === 1 && variableName(first) !== '')
    return { name: variableName(first), value: 'true', isNegated };
  if (!/^(?:\[\[?|test)$/.test(first)) return;
  const [a = '', b = '', c = ''] = rest;
  if (/^-[nz]$/.test(a) && variableName(b) !== '')
    return { name: variableName(b), value: undefined, isNegated: isNegated !== (a === '-z') };
  if (variableName(a) === '' || !/^(?:==?|!=|-eq|-ne)$/.test(b)) return;
  return { name: variableName(a), value: c, isNegated: isNegated !== /^(?:!=|-ne)$/.test(b) };
}

/** The one variable that a command does nothing else than to set, and a value that stands for yes. */
export function raisedFlag({ words }: ShellCommand): readonly [string, string] | undefined {
  const [, name = '', value = ''] = /^([A-Za-z_]\w*)=(\w+)$/.exec(words[0]?.text ?? '') ?? [];
  if (words.length !== 1 || name === '' || /^(?:0|false|no|off)$/i.test(value)) return;
  return [name, value];
}

export function variableName(text: string): string {
  return /^\$\{?([A-Za-z_]\w*)\}?$/.exec(text)?.[1] ?? '';
}
