import { GLYPHS } from './glyphs.ts';

/**
 * A text for a terminal that knows no UTF-8. Its bytes would be other characters there, and those from 0x80 to 0x9f
 * controls: a name with U+065B (d9 9b) could start a control sequence on a terminal of eight bits. They become the
 * escapes of JSON, which a JSON document on such a terminal may have anywhere in its strings.
 */
export function asciiText(text: string): string {
  return text.replaceAll(
    BEYOND_ASCII,
    unit => PROSE.get(unit) ?? `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const BEYOND_ASCII = /[^\0-\x7f]/g;

/** What texts of this program use; nothing in them has to keep its width. */
const PROSE: ReadonlyMap<string, string> = new Map(
  (['goesOn', 'becomes'] as const).map(name => [GLYPHS.utf8[name], GLYPHS.ascii[name]]),
);
