import { asciiText } from '../../ascii-text.ts';
import { safeText } from '../../safe-text.ts';
import { currentCharset } from './charset-scope.ts';

/** One line of text from anywhere, fit to be shown on this terminal. */
export function screenText(text: string): string {
  const safe = safeText(text);
  return currentCharset() === 'ascii' ? asciiText(safe) : safe;
}
