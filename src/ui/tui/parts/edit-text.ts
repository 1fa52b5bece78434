import type { InputEvent } from '../app-event.ts';

/** A text of one line after something was typed at its end; undefined for a key that does not edit. */
export function editText(text: string, event: InputEvent): string | undefined {
  if (event.kind === 'paste') return text + event.text.replaceAll('\n', ' ').trim();
  const { key } = event;
  if (key === 'backspace') return [...text].slice(0, -1).join('');
  if (key === 'ctrl-u') return '';
  return [...key].length === 1 ? text + key : undefined;
}
