import { expect, test } from 'vitest';
import type { FileNode } from '../../src/file-node.ts';
import { toolErrorOf } from '../support/catch-error.ts';
import { file, symlink } from '../support/image-trees.ts';
import { briefFindings, planOf } from './support/tree.ts';

const UNITS = 'usr/lib/systemd/system';
const INSTALL = '[Install]\nWantedBy=multi-user.target\n';
const service = (name: string, text = '') =>
  file(`${UNITS}/${name}.service`, `[Service]\nExecStart=/usr/bin/a\n${text}`);
const upholds = (unit: string) =>
  file(`${UNITS}/multi-user.target.d/10-x.conf`, `[Unit]\nUpholds=${unit}\n`);

interface Case {
  readonly what: string;
  readonly nodes: readonly FileNode[];
  readonly enable?: readonly string[];
  readonly enabled?: readonly string[];
  readonly created?: readonly string[];
  readonly findings?: readonly string[];
}

test.each<Case>([
  {
    what: 'a unit that a drop-in of the tree upholds',
    nodes: [service('a', INSTALL), upholds('a.service')],
    enabled: ['a.service by multi-user.target'],
  },
  {
    what: 'a unit that a link of the tree upholds',
    nodes: [service('a'), symlink(`${UNITS}/sockets.target.upholds/a.service`, '../a.service')],
    enabled: ['a.service by sockets.target'],
  },
  {
    what: 'a unit that nothing starts',
    nodes: [service('a', INSTALL)],
    findings: [`info TX614 ${UNITS}/a.service`],
  },
  {
    what: 'a unit that was asked for',
    nodes: [service('a', INSTALL)],
    enable: ['a.service'],
    enabled: ['a.service by multi-user.target'],
    created: [`${UNITS}/multi-user.target.d/10-a-service.conf`],
  },
  {
    what: 'a unit that is upheld and was asked for too',
    nodes: [service('a', INSTALL), upholds('a.service')],
    enable: ['a.service'],
    enabled: ['a.service by multi-user.target'],
  },
  {
    what: 'a link in a directory that nobody looks at in time',
    nodes: [
      service('a', INSTALL),
      symlink(`${UNITS}/multi-user.target.wants/a.service`, '../a.service'),
    ],
    findings: [`warning TX614 ${UNITS}/multi-user.target.wants/a.service`],
  },
  {
    what: 'such a link of a unit that is started all the same',
    nodes: [
      service('a', INSTALL),
      symlink(`${UNITS}/multi-user.target.wants/a.service`, '../a.service'),
    ],
    enable: ['a.service'],
    enabled: ['a.service by multi-user.target'],
    created: [`${UNITS}/multi-user.target.d/10-a-service.conf`],
  },
  {
    what: 'a oneshot that is upheld',
    nodes: [service('a', 'Type=oneshot\n'), upholds('a.service')],
    enabled: ['a.service by multi-user.target'],
    findings: [`warning TX613 ${UNITS}/a.service`],
  },
  {
    what: 'users that come too late',
    nodes: [file('usr/lib/sysusers.d/a.conf', 'u a -\n')],
    findings: ['warning TX615 usr/lib/sysusers.d/a.conf'],
  },
  {
    what: 'users that a unit of the tree makes',
    nodes: [
      file('usr/lib/sysusers.d/a.conf', 'u a -\n'),
      file('usr/lib/udev/rules.d/a.rules', ''),
      file(
        `${UNITS}/setup.service`,
        '[Service]\nExecStart=systemd-sysusers /usr/lib/sysusers.d/a.conf\nExecStart=-udevadm trigger\n',
      ),
    ],
  },
])('$what', async ({ nodes, enable = [], enabled = [], created = [], findings = [] }) => {
  const plan = await planOf(nodes, { enable });
  expect(plan.units.enabled.map(({ unit, upheldBy }) => `${unit} by ${upheldBy}`)).toEqual(enabled);
  expect(plan.steps.flatMap(step => (step.do === 'create' ? [step.to] : []))).toEqual(created);
  expect(briefFindings(plan)).toEqual(findings);
});

test('a unit that is not there cannot be started', async () => {
  const refused = await toolErrorOf(() => planOf([service('a')], { enable: ['b.service'] }));
  expect(refused.code).toBe('usage');
});

test.each([
  [[service('a')], 'auto', true],
  [[file('usr/bin/a', '')], 'auto', false],
  [[file('usr/bin/a', '')], 'always', true],
  [[service('a')], 'never', false],
] as const)('%# reload %s', async (nodes, reload, expected) => {
  expect((await planOf(nodes, { reload })).extension.reloadManager).toBe(expected);
});
