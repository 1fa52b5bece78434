import { largest } from '../largest.ts';
import { safeBlock, safeText } from './safe-text.ts';

/** Text from an archive between words: nothing in it is read as Markdown, HTML or, on GitHub, as a formula. */
export function plain(text: string): string {
  return safeText(text)
    .replaceAll(/[\\`*[\]~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&')
    .replaceAll(/[<>&|]/g, reference);
}

/**
 * A path or a unit's name in the typeface of code. Renderers do not agree on a backquote or a pipe in a code span within
 * a table; such a text becomes HTML in which only what cannot be Markdown stands for itself.
 */
export function code(text: string): string {
  const safe = safeText(text);
  if (/^[^`|\s](?:[^`|]*[^`|\s])?$/.test(safe)) return `\`${safe}\``;
  return `<code>${safe.replaceAll(/[^A-Za-z0-9 /]/gu, reference)}</code>`;
}

/** A fenced block; the fence is longer than any in the text. */
export function block(language: string, text: string): string {
  const body = safeBlock(text).replace(/\n$/, '');
  const longest = largest(
    Array.from(body.matchAll(/`+/g), ([run]) => run.length),
    2,
  );
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${body}\n${fence}`;
}

/** A table of finished cells. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
}

export function list(items: readonly string[]): string {
  return items.map(item => `- ${item}`).join('\n');
}

function reference(character: string): string {
  return `&#${character.codePointAt(0) ?? 0};`;
}
