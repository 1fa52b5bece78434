import type { TorcxReference } from '../../torcx-reference.ts';
import type { ShellCommand } from './shell-commands.ts';

/**
 * The programs and files that a test asks for, by their last component: `docker` for `[ -x /usr/bin/docker ]` and
 * `command -v docker`. What is tried where they are missing is one place of several.
 */
export function testedNames({ words }: ShellCommand): ReadonlySet<string> {
  const [first = '', ...rest] = words.map(({ text }) => text);
  if (/^(?:\[\[?|test)$/.test(first))
    return new Set(rest.filter(text => text.startsWith('/')).map(lastComponent));
  if (!/^(?:command|type|which|hash)$/.test(first)) return new Set();
  const behind = rest.findIndex(text => /^\d?>/.test(text));
  const operands = (behind < 0 ? rest : rest.slice(0, behind)).filter(text => /^[\w/]/.test(text));
  return new Set(operands.map(lastComponent));
}

/** The last component of what a reference leads to; empty for a directory of Torcx. */
export function referredName({ meaning }: TorcxReference): string {
  if (meaning.kind === 'bin') return lastComponent(meaning.name ?? '');
  return meaning.kind === 'unpack' ? lastComponent(meaning.path ?? '') : '';
}

function lastComponent(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
