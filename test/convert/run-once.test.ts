import { describe, expect, it } from 'vitest';
import { UNIT_DIRECTORY } from '../../src/convert/unit-directory.ts';
import { plannedText, planOf } from '../support/plan-of.ts';

const UNITS = 'lib/systemd/system';
const SCRIPT = '#!/bin/sh\nmodprobe x\n';
const RUNS_SCRIPT = '[Service]\nExecStart=/run/torcx/bin/script\n';
const STARTS = 'multi-user.target.d/10-a-service.conf';
const REMAINS = 'a.service.d/10-remain-after-exit.conf';

/** What the extension gets at paths below the unit directory, and what is said of its units, where Torcx started a.service. */
async function check(
  files: Readonly<Record<string, string>>,
  expected: Readonly<Record<string, string | undefined>>,
  messages: readonly string[],
): Promise<void> {
  const units = Object.keys(files).filter(name => /\.(service|timer|socket|path)$/.test(name));
  const tree = Object.entries(files).map(([name, text]) => [
    units.includes(name) ? `${UNITS}/${name}` : name,
    text,
  ]);
  const plan = await planOf({
    tree: {
      ...Object.fromEntries(tree),
      [`${UNITS}/multi-user.target.wants/a.service`]: { link: '../a.service' },
    },
    manifest: {
      bin: Object.keys(files).filter(path => path.startsWith('bin/')),
      units: [...units.map(unit => `${UNITS}/${unit}`), `${UNITS}/multi-user.target.wants`],
    },
  });
  for (const [path, text] of Object.entries(expected)) {
    expect([path, plannedText(plan, `${UNIT_DIRECTORY}/${path}`)]).toEqual([path, text]);
  }
  const found = plan.findings.filter(({ ruleId }) => ruleId === 'TX613');
  expect(found.map(({ message }) => message)).toEqual(
    messages.map(message => expect.stringContaining(message)),
  );
}

describe('a service that ends', () => {
  it('remains active when a script of the image is its program', () =>
    check(
      { 'a.service': RUNS_SCRIPT, 'bin/script': SCRIPT },
      { [REMAINS]: '[Service]\nRemainAfterExit=yes\n', [STARTS]: '[Unit]\nUpholds=a.service\n' },
      ['a.service runs a shell script'],
    ));

  it('also by a link to the script', () =>
    check(
      { 'a.service': RUNS_SCRIPT, 'opt/x/script': SCRIPT, 'bin/other': 'x' },
      { [REMAINS]: undefined },
      [],
    ).then(() =>
      check(
        {
          'a.service': '[Service]\nExecStart=/run/torcx/unpack/x/opt/x/script\n',
          'opt/x/script': SCRIPT,
        },
        { [REMAINS]: '[Service]\nRemainAfterExit=yes\n' },
        ['a.service runs a shell script'],
      ),
    ));

  it.each([
    ['a script that hands over', '#!/bin/sh\nexec daemon\n'],
    ['a script for something else than a shell', '#!/usr/bin/python3\nprint(1)\n'],
    ['no script', 'text'],
  ])('is not expected of %s', (_, script) =>
    check({ 'a.service': RUNS_SCRIPT, 'bin/script': script }, { [REMAINS]: undefined }, []),
  );

  it.each([
    ['a.timer', '[Timer]\nOnBootSec=1\n'],
    ['b.timer', '[Timer]\nOnBootSec=1\nUnit=a.service\n'],
    ['a.socket', '[Socket]\nListenStream=1\n'],
    ['a.path', '[Path]\nPathExists=/a\n'],
  ])('is started once, and by %s from then on', (trigger, text) =>
    check(
      { 'a.service': '[Service]\nType=oneshot\nExecStart=/bin/true\n', [trigger]: text },
      {
        [REMAINS]: undefined,
        [STARTS]: '[Unit]\nUpholds=a.at-boot.target\n',
        'a.at-boot.target': '[Unit]\nDescription=Starts a.service once at boot\nWants=a.service\n',
      },
      [`a.at-boot.target, which was added, starts it once, and ${trigger} from then on`],
    ),
  );

  it('is started once also by what only a drop-in says', () =>
    check(
      {
        'a.service': '[Service]\nType=oneshot\nExecStart=/bin/true\n',
        'b.timer': '[Timer]\nOnBootSec=1\n',
        [`${UNITS}/b.timer.d/10-unit.conf`]: '[Timer]\nUnit=a.service\n',
      },
      { [REMAINS]: undefined },
      ['a.at-boot.target, which was added, starts it once, and b.timer from then on'],
    ));

  it('remains active by the settings of its template', async () => {
    const tree = {
      [`${UNITS}/a@.service`]: '[Service]\nType=oneshot\nExecStart=/bin/true\n',
      [`${UNITS}/a@.service.d/10-x.conf`]: '[Service]\nRemainAfterExit=yes\n',
    };
    const plan = await planOf({ tree, options: { enable: ['a@1.service'] } });
    expect(plan.findings.filter(({ ruleId }) => ruleId === 'TX613')).toEqual([]);
  });

  it('is started once, and by the instance of a timer from then on', async () => {
    const plan = await planOf({
      tree: {
        [`${UNITS}/a@.service`]: '[Service]\nType=oneshot\nExecStart=/bin/true\n',
        [`${UNITS}/a@.timer`]: '[Timer]\nOnBootSec=1\n',
      },
      options: { enable: ['a@1.service', 'a@1.timer'] },
    });
    expect(plannedText(plan, `${UNIT_DIRECTORY}/a@1.at-boot.target`)).toContain(
      'Wants=a@1.service\n',
    );
    expect(plan.findings.map(({ message }) => message)).toContainEqual(
      expect.stringContaining('starts it once, and a@1.timer from then on'),
    );
  });
});
