import { stripVTControlCharacters } from 'node:util';
import { expect } from 'vitest';
import { assertFits } from './assert-fits.ts';
import type { TestTerminal } from './test-terminal.ts';

/** Select Graphic Rendition of ECMA-48. */
const COLOUR = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`, 'g');

/** The frame fits, and nothing in it acts on the terminal but its colours. */
export function assertPainted(frame: string, terminal: TestTerminal): void {
  assertFits(stripVTControlCharacters(frame), terminal);
  const text = frame.replaceAll(COLOUR, '').replaceAll('\n', '');
  expect(text).not.toMatch(/[\p{Cc}\u202e]/u);
}
