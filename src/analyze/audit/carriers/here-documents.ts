import { scriptLines } from '../../../convert/script-lines.ts';
import { indentedEmbedding } from '../embedding.ts';
import type { EmbeddedText } from './provisioned-files.ts';

/** The here-documents of a shell script, with the file that each is written to. */
export function hereDocuments(text: string): EmbeddedText[] {
  if (!text.includes('<<')) return [];
  const found: EmbeddedText[] = [];
  let offset = 0;
  let start = 0;
  let opener = '';
  let inside = false;
  const close = () => {
    if (inside && offset > start) {
      const embedding = indentedEmbedding({ outer: text, start, end: offset, indentation: '' });
      found.push({ embedding, nodePath: destination(opener) });
    }
    inside = false;
  };
  for (const line of scriptLines(text, 'shell')) {
    if (line.kind === 'document') {
      if (!inside) start = offset;
      inside = true;
    } else {
      close();
      opener = line.text;
    }
    offset += line.text.length + line.eol.length;
  }
  close();
  return found;
}

const DESTINATION = /(?:\d?>{1,2}\|?[ \t]*|\btee[ \t]+(?:-\w+[ \t]+)*)["']?(\/?[^\s"';&|<>]*)/;

function destination(line: string): string {
  return DESTINATION.exec(line.slice(0, 4000))?.[1] ?? '';
}
