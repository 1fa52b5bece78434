import { screenText } from './screen-text.ts';

/** Code, HTML code, an escaped character, a reference to one, a link, and the marks of emphasis. */
const INLINE =
  /`([^`]+)`|<code>(.*?)<\/code>|\\([\\`*[\]~$_])|&#(\d+);|\[([^\]]+)\]\([^)]*\)|\*\*/g;

/** A line of Markdown as it is read, for a terminal, on which emphasis and code marks say nothing. */
export function markdownText(markdown: string): string {
  return markdown.replaceAll(
    INLINE,
    (_all, code?: string, html?: string, escaped?: string, point?: string, link?: string) => {
      if (html !== undefined) return markdownText(html);
      if (point !== undefined) return referenced(point);
      return code ?? escaped ?? link ?? '';
    },
  );
}

/** A number from a file could name a character that a terminal obeys. */
function referenced(point: string): string {
  const code = Number(point);
  return code > 0x10ffff ? '' : screenText(String.fromCodePoint(code));
}
