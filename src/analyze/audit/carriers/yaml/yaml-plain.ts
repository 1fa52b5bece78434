import {
  applyLineChanges,
  type Embedding,
  mappedEmbedding,
  plainEmbedding,
} from '../../embedding.ts';
import type { BlockPlace } from './yaml-block.ts';
import { isBlank, isComment, isTemplateLine, type YamlLine } from './yaml-line.ts';

/**
 * A value without quotes, which ends before a comment and goes on in deeper lines (YAML 1.2.2, 7.3.3).
 * @param start of the value in the source
 * @param rest the value and what follows on its line
 * @param place the lines behind it
 */
export function readPlain(
  rest: string,
  start: number,
  place: BlockPlace,
): { readonly value: Embedding; readonly next: number } {
  const text = withoutComment(rest);
  const more = continuation(text, rest, place);
  if (more.length === 0) {
    const value = quotedWhereNeeded(plainEmbedding({ text, start, encode: plainScalar }));
    return { value, next: place.index };
  }
  return { value: joined(text, start, more), next: (more.at(-1)?.index ?? place.index) + 1 };
}

/** A value on one line, which is quoted as a whole where its new text would be none, or no text. */
function quotedWhereNeeded(value: Embedding): Embedding {
  return {
    ...value,
    encode(changes) {
      const { text, start, end } = value;
      const whole = applyLineChanges(text, changes);
      const isPlain =
        plainScalar(whole) !== undefined &&
        !NO_TEXT.test(whole) &&
        (whole.charAt(0) === text.charAt(0) || !/^(?:[,[\]{}#&*!|>%@`]|[-?:](?:\s|$))/.test(whole));
      if (isPlain || /[\n']/.test(whole)) return value.encode(changes);
      return [{ start, end, text: `'${whole}'` }];
    },
  };
}

/** What YAML 1.1 reads as nothing, a truth value or a number. */
const NO_TEXT = /^(?:~|null|true|false|yes|no|on|off|[-+.\d][\d_.eE+-]*|)$/i;

/** Anything else would have to be quoted; a quote ends nothing but what it begins. */
export function plainScalar(text: string): string | undefined {
  return /\n|^["']|#|: |:$/.test(text) ? undefined : text;
}

interface Continuation {
  readonly line: YamlLine;
  readonly index: number;
  /** Line breaks before it. */
  readonly breaks: number;
}

function continuation(text: string, rest: string, place: BlockPlace): Continuation[] {
  const found: Continuation[] = [];
  // Behind a comment there is no more, and a template stands for a whole value.
  if (text.length < rest.trimEnd().length || /^\{\{.*\}\}$/.test(text)) return found;
  let breaks = 1;
  for (let index = place.index; index < place.lines.length; index += 1) {
    const line = place.lines[index];
    if (!line) break;
    if (isBlank(line)) {
      breaks += 1;
      continue;
    }
    const isOwn = line.indentation > place.column && !isComment(line) && !isTemplateLine(line);
    if (!isOwn || /:(?:[ \t]|$)/.test(withoutComment(line.text))) break;
    found.push({ line, index, breaks });
    breaks = 1;
    if (withoutComment(line.text).length < line.text.trimEnd().length) break;
  }
  return found;
}

function joined(first: string, start: number, more: readonly Continuation[]): Embedding {
  let text = first;
  const offsets = range(start, first.length);
  let end = start + first.length;
  for (const { line, breaks } of more) {
    const gap = breaks === 1 ? ' ' : '\n'.repeat(breaks - 1);
    const content = withoutComment(line.text).slice(line.indentation);
    const from = line.start + line.indentation;
    text += gap + content;
    for (let index = 0; index < gap.length; index += 1) offsets.push(end);
    for (const offset of range(from, content.length)) offsets.push(offset);
    end = from + content.length;
  }
  offsets.push(end);
  return mappedEmbedding({ text, offsets, encode: plainScalar });
}

function range(start: number, length: number): number[] {
  return Array.from({ length }, (_, index) => start + index);
}

function withoutComment(text: string): string {
  return text.replace(/(?:^|[ \t])#.*$/, '').trimEnd();
}
