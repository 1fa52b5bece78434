import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { frameOf } from '../src/ui/tui/run-tui.tsx';
import { fixtureImage } from './support/fixture-images.ts';
import { FakeTerminal } from './ui/tui/support/fake-terminal.ts';
import { openAnalyser } from './ui/tui/support/open-analyser.ts';
import { openAudit } from './ui/tui/support/open-audit.ts';
import { afterEvents, inspectedReport, keys } from './ui/tui/support/planned-state.ts';
import { CHOSEN, openedState, reviewOf } from './ui/tui/support/wizard-state.ts';

const README = join(import.meta.dirname, '../README.md');

/** By the name in the comment before each screen of the README. */
const SCREENS: Readonly<Record<string, () => Promise<string>>> = {
  async wizard() {
    const report = await inspectedReport(fixtureImage('flatcar-style.torcx.tgz'), 'docker:20.10');
    const review = await reviewOf('flatcar-style');
    const terminal = new FakeTerminal({ columns: 80, rows: 24 });
    const { state } = afterEvents(openedState(report, terminal.size), [
      ...keys('6'),
      { kind: 'reviewed', review, choices: CHOSEN },
    ]);
    terminal.draw(() => frameOf(state));
    return terminal.frame();
  },
  async analyser() {
    const { terminal } = await openAnalyser({ image: 'flatcar-style' });
    terminal.type('/containerd.service');
    terminal.press('enter');
    return terminal.frame();
  },
  async audit() {
    const { terminal } = await openAudit({
      tree: {
        'etc/profile.d/tools.sh': 'export PATH=/run/torcx/bin:$PATH\n',
        'etc/systemd/system/docker.service.d/10-env.conf':
          '[Service]\nLimitNOFILE=1048576\nEnvironmentFile=/run/metadata/torcx\n',
        'etc/torcx/next-profile': 'custom\n',
      },
    });
    terminal.type('/TX201');
    terminal.press('enter', 'escape');
    return terminal.frame();
  },
};

const SCREEN = /(?<=<!-- screen: (\w+) -->\n```text\n)[^`]*(?=```)/g;

/** `vitest -u` writes them. */
test('the screens of the README are those of the program', async () => {
  const text = readFileSync(README, 'utf8');
  const names = [...text.matchAll(SCREEN)].map(([, name = '']) => name);
  expect(names.toSorted()).toEqual(Object.keys(SCREENS).sort());
  const frames = new Map<string, string>();
  for (const [name, draw] of Object.entries(SCREENS)) frames.set(name, await draw());
  const drawn = text.replaceAll(SCREEN, (old, name) => frames.get(name) ?? old);
  await expect(drawn).toMatchFileSnapshot(README);
});
