import { expect } from 'vitest';
import type { AppState } from '../../../../src/ui/tui/app-state.ts';
import { pageLines, pageSize } from '../../../../src/ui/tui/overlay-page.ts';
import { cellWidth } from '../../../../src/ui/tui/parts/fit-text.ts';
import { reduceApp } from '../../../../src/ui/tui/reduce-app.ts';
import { keyLine } from '../../../../src/ui/tui/shell-lines.ts';
import { isTooSmall } from '../../../../src/ui/tui/viewport.ts';

/** What the last line and the help say of the keys that mean the same everywhere is what these keys do. */
export function assertKeptPromises(state: AppState): void {
  if (isTooSmall(state.viewport)) return;
  const named = new Set(textOf(keyLine(state, 1000)).split(/ {2,}/));
  const after = (key: string) => reduceApp(state, { kind: 'key', key }).state;
  const isHelp = state.overlay === undefined && after('?').overlay?.kind === 'help';
  const isCovered = state.overlay !== undefined;
  expect(named.has('? keys'), 'the last line names the help').toBe(isHelp && !isWaiting(named));
  if (named.has('q quit')) expect(after('q').outcome, 'q quits').toBeDefined();
  if (isCovered || !isHelp) return;
  const help = after('?');
  if (help.overlay?.kind !== 'help') throw new Error('no help');
  const lines = pageLines(help, help.overlay).map(textOf);
  const { columns } = pageSize(help);
  expect(
    lines.filter(line => cellWidth(line.trimEnd()) > columns),
    'nothing of the help is cut',
  ).toEqual([]);
  const isListed = (line: RegExp) => lines.some(one => line.test(one));
  expect(isListed(/^q +quit/), 'the help says that q quits').toBe(after('q').outcome !== undefined);
  expect(isListed(/^Ctrl-C +cancel/), 'and that Ctrl-C does').toBe(
    after('ctrl-c').outcome !== undefined,
  );
  expect(isListed(/^Esc +back to the tab/), 'and that Escape leads back').toBe(
    after('escape').screen !== state.screen,
  );
}

function textOf(line: readonly { readonly text: string }[]): string {
  return line.map(({ text }) => text).join('');
}

/** While an archive is read there is nothing to do but to stop it. */
function isWaiting(named: ReadonlySet<string>): boolean {
  return named.has('Ctrl-C cancel') && named.size <= 2;
}
