import type { InputEvent } from '../app-event.ts';
import { cellWidth, charactersOf, cutStart } from './fit-text.ts';
import { screenText } from './screen-text.ts';

/** A line that is edited, and where in it: a number of whole characters. */
export interface TextField {
  readonly text: string;
  readonly cursor: number;
}

/** The cursor at the end, where one goes on typing. */
export function fieldWith(text: string): TextField {
  return { text, cursor: charactersOf(text).length };
}

/** The field after something was typed; undefined for a key that edits nothing. */
export function editField(field: TextField, event: InputEvent): TextField | undefined {
  if (event.kind === 'paste') return insert(field, event.text.replaceAll(/[\r\n]+/g, ' ').trim());
  const { key } = event;
  const characters = charactersOf(field.text);
  const { cursor } = field;
  const at = (place: number) => ({
    ...field,
    cursor: Math.max(0, Math.min(place, characters.length)),
  });
  const without = (from: number, to: number) => ({
    text: [...characters.slice(0, from), ...characters.slice(to)].join(''),
    cursor: from,
  });
  switch (key) {
    case 'left':
      return at(cursor - 1);
    case 'right':
      return at(cursor + 1);
    case 'home':
    case 'ctrl-a':
      return at(0);
    case 'end':
    case 'ctrl-e':
      return at(characters.length);
    case 'backspace':
      return cursor === 0 ? field : without(cursor - 1, cursor);
    case 'delete':
    case 'ctrl-d':
      return without(cursor, cursor + 1);
    case 'ctrl-u':
      return without(0, cursor);
    case 'ctrl-k':
      return without(cursor, characters.length);
    case 'ctrl-w':
      return without(wordStart(characters, cursor), cursor);
    default:
      return charactersOf(key).length === 1 ? insert(field, key) : undefined;
  }
}

/** What may be shown of a field: a bar stands at the cursor, since not every terminal can show a cell inverse. */
export function fieldText({ text, cursor }: TextField, columns: number): string {
  const characters = charactersOf(text);
  const head = `${screenText(characters.slice(0, cursor).join(''))}|`;
  const tail = screenText(characters.slice(cursor).join(''));
  return `${cutStart(head, columns - Math.min(cellWidth(tail), Math.floor(columns / 3)))}${tail}`;
}

function insert({ text, cursor }: TextField, added: string): TextField {
  const characters = charactersOf(text);
  const head = characters.slice(0, cursor).join('') + added;
  return {
    text: head + characters.slice(cursor).join(''),
    cursor: charactersOf(head).length,
  };
}

/** Words of a path end at its slashes. */
function wordStart(characters: readonly string[], cursor: number): number {
  let start = cursor;
  const isGap = (at: number) => /[\s/]/.test(characters[at] ?? '');
  while (start > 0 && isGap(start - 1)) start -= 1;
  while (start > 0 && !isGap(start - 1)) start -= 1;
  return start;
}
