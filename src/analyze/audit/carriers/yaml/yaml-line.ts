/** A physical line of a YAML text. */
export interface YamlLine {
  readonly start: number;
  /** Behind the line's end. */
  readonly end: number;
  /** Without the line's end. */
  readonly text: string;
  readonly indentation: number;
}

export function yamlLines(text: string): YamlLine[] {
  // A byte order mark is no part of the first line.
  let end = text.startsWith('\ufeff') ? 1 : 0;
  return (text.slice(end).match(/[^\n]*\n|[^\n]+$/g) ?? []).map(line => {
    const start = end;
    end += line.length;
    const content = line.replace(/\r?\n$/, '');
    return { start, end, text: content, indentation: indentationOf(content) };
  });
}

function indentationOf(text: string): number {
  let at = 0;
  while (text.charAt(at) === ' ' || text.charAt(at) === '\t') at += 1;
  return at;
}

export function isBlank({ text, indentation }: YamlLine): boolean {
  return indentation === text.length;
}

export function isComment({ text, indentation }: YamlLine): boolean {
  return text.charAt(indentation) === '#';
}

/** A line of Helm, Go or Jinja templates alone, which is no YAML and may stand at any indentation. */
export function isTemplateLine({ text }: YamlLine): boolean {
  return /^\s*(?:\{\{[^{}]*\}\}|\{%[^%]*%\})\s*$/.test(text);
}
