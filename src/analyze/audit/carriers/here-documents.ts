import { scriptLines } from '../../../rewrite/script-lines.ts';
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
      const nodePath = destination(opener);
      if (nodePath !== '' || !isMessage(opener, embedding.text)) {
        found.push({ embedding, nodePath, ...(RUNS.test(opener) && { kind: 'shell' }) });
      }
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

/** The document is a script for another shell. */
const RUNS = /\b(?:ba|da|z|k)?sh\b(?![^|;&]*>)(?!\/)|\bssh\b|\bchroot\b|\bnsenter\b/;
/** `:` reads nothing: such a document is a comment over several lines. */
const COMMENT = /^\s*(?::|true)\s+<</;
const UNIT_HEADER = /^[ \t]*\[(?:Unit|Service|Socket|Mount|Timer|Path|Install)\]\s*$/m;

/** What a script only prints; a unit is printed for somebody to write it. */
function isMessage(opener: string, text: string): boolean {
  if (COMMENT.test(opener)) return true;
  return /^\s*cat\s+<<-?\s*\S+\s*(?:>&2\s*)?$/.test(opener) && !UNIT_HEADER.test(text);
}

const DESTINATION = /(?:\d?>{1,2}\|?[ \t]*|\btee[ \t]+(?:-\w+[ \t]+)*)["']?(\/?[^\s"';&|<>]*)/;

function destination(line: string): string {
  return DESTINATION.exec(line.slice(0, 4000))?.[1] ?? '';
}
