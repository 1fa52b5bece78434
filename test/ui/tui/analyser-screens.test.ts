import { describe, expect, it } from 'vitest';
import { assertFits } from './support/assert-fits.ts';
import { openAnalyser } from './support/open-analyser.ts';
import { TERMINALS } from './support/test-terminal.ts';

/** How one gets there, and what is on the screen when all work is done. */
const SCREENS: readonly { name: string; keys: readonly string[]; shows: string | RegExp }[] = [
  { name: 'files', keys: ['j', 'j', 'j'], shows: '4 of 38' },
  { name: 'files-search', keys: ['/', ...'docker.s', 'enter', 'n'], shows: /2 of \d+ +n next/ },
  { name: 'files-filter', keys: ['f', 's'], shows: 'filter: rewritten  sort: size' },
  { name: 'files-dropped', keys: ['j', 'j', ' '], shows: /-[▾v] bin.* 13X/ },
  {
    name: 'content-diff',
    keys: ['/', ...'docker.service', 'enter', 'enter'],
    shows: /@@ -1,6|of 70/,
  },
  { name: 'content-binary', keys: ['/', ...'dockerd', 'enter', 'enter'], shows: /7f 45|of 48/ },
  { name: 'binaries', keys: ['2', 'f'], shows: 'filter: dynamic' },
  { name: 'units', keys: ['3', 'j', 'j', 'j', ' '], shows: /\*.docker\.service +multi-user/ },
  { name: 'findings', keys: ['4', 'j'], shows: 'Findings' },
  { name: 'explain', keys: ['4', 'x'], shows: 'Severity:' },
  { name: 'help', keys: ['?'], shows: 'Keys: Files' },
  { name: 'export', keys: ['e'], shows: 'docker.plan.json' },
  { name: 'message', keys: ['e', 'ctrl-u', ...'/nowhere/x', 'enter'], shows: '/nowhere' },
];

describe.each(TERMINALS)('on $name', size => {
  /** `vitest -u` writes them. */
  it.each(SCREENS)('the screen $name is as committed', async ({ name, keys, shows }) => {
    const { terminal } = await openAnalyser({ image: 'flatcar-style', size });
    terminal.press(...keys);
    await terminal.until(shows);
    assertFits(terminal.frame(), size);
    await expect(terminal.frame()).toMatchFileSnapshot(`golden/${name}-${size.name}.txt`);
  });
});

it('calls a file that the conversion adds by its path in the extension', async () => {
  const { terminal } = await openAnalyser({ image: 'flatcar-style' });
  terminal.press('G', 'v');
  await terminal.until('Upholds=docker.socket');
  expect(terminal.frame()).toContain(
    '[usr/lib/systemd/system/sockets.target.d/10-docker-socket.conf]',
  );
});
