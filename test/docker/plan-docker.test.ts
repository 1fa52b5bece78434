import { describe, expect, test } from 'vitest';
import { inspectEntries } from '../../src/analyze/inspect.ts';
import { bytesContent } from '../../src/content.ts';
import { type DockerPlanOptions, planDocker } from '../../src/docker/plan-docker.ts';
import { toolErrorOf } from '../support/catch-error.ts';
import { hostsProgram, type ReleaseOptions, releaseFiles } from '../support/docker-release.ts';
import { entriesOf } from '../support/entries.ts';

const DEFAULTS: DockerPlanOptions = {
  name: 'docker',
  host: { id: 'flatcar', sysextLevel: '1.0' },
  architecture: 'auto',
  enable: [],
  noEnable: [],
  reloadManager: true,
};

/** @param links hard ones, by their path in the archive */
async function plan(
  options: Partial<DockerPlanOptions> = {},
  release: ReleaseOptions = {},
  links: Readonly<Record<string, string>> = {},
) {
  const files = Object.entries(releaseFiles(release));
  const table = files.map(([path, data]) => {
    const content = bytesContent(Buffer.from(data));
    return [path, { kind: 'file', mode: 0o755, content }] as const;
  });
  const hard = Object.entries(links).map(([path, target]) => [path, { hard: target }] as const);
  const entries = [...entriesOf(Object.fromEntries([...table, ...hard])).values()];
  return planDocker(await inspectEntries(entries), { ...DEFAULTS, ...options });
}

type Plan = Awaited<ReturnType<typeof plan>>;

const placesOf = ({ steps }: Plan) =>
  steps.flatMap(step => (step.do === 'drop' ? [] : [step.to])).sort();
const droppedOf = ({ steps }: Plan) =>
  steps.flatMap(step => (step.do === 'drop' ? [`${step.entry.path}: ${step.because}`] : []));
const textOf = ({ steps }: Plan, path: string) => {
  const step = steps.find(({ do: what, ...rest }) => 'to' in rest && rest.to === path);
  return step?.do === 'create' && 'text' in step.made ? step.made.text : undefined;
};
const rulesOf = ({ findings }: Plan) => findings.map(({ ruleId, path }) => `${ruleId} ${path}`);

const UNITS = 'usr/lib/systemd/system';
const DOCKER = [
  'usr/bin/docker',
  'usr/bin/docker-init',
  'usr/bin/docker-proxy',
  'usr/bin/dockerd',
  'usr/lib/sysusers.d/docker.conf',
  `${UNITS}/docker-setup.service`,
  `${UNITS}/docker.service`,
  `${UNITS}/docker.socket`,
  `${UNITS}/docker.socket.d/05-docker-setup-service.conf`,
  `${UNITS}/multi-user.target.d/05-docker-setup-service.conf`,
  `${UNITS}/sockets.target.d/10-docker-socket.conf`,
];
const CONTAINERD = [
  'usr/bin/containerd',
  'usr/bin/containerd-shim-runc-v2',
  'usr/bin/ctr',
  'usr/bin/runc',
  `${UNITS}/containerd.service`,
  `${UNITS}/multi-user.target.d/10-containerd-service.conf`,
  'usr/share/containerd/config-cgroupfs.toml',
  'usr/share/containerd/config.toml',
];

describe('what the extension holds', () => {
  test('both parts', async () => {
    const both = await plan();
    expect(placesOf(both)).toEqual([...DOCKER, ...CONTAINERD].sort());
    expect(droppedOf(both)).toEqual([]);
    expect(both.extension).toEqual({
      name: 'docker',
      id: 'flatcar',
      sysextLevel: '1.0',
      architecture: 'x86-64',
      reloadManager: true,
    });
    expect(rulesOf(both)).toEqual([
      `TX614 ${UNITS}/docker.service`,
      'TX615 usr/lib/sysusers.d/docker.conf',
    ]);
    expect(both.findings.map(({ severity }) => severity)).toEqual(['info', 'info']);
  });

  test('Docker alone, and what it leaves out', async () => {
    const docker = await plan({ only: 'docker' });
    expect(placesOf(docker)).toEqual([...DOCKER].sort());
    expect(droppedOf(docker)).toEqual(
      ['containerd', 'containerd-shim-runc-v2', 'ctr', 'runc'].map(
        name => `docker/${name}: belongs to containerd`,
      ),
    );
  });

  test('containerd alone: no path that Docker alone has too', async () => {
    const containerd = await plan({ only: 'containerd' });
    expect(placesOf(containerd)).toEqual([...CONTAINERD].sort());
    expect(CONTAINERD.filter(path => DOCKER.includes(path))).toEqual([]);
    expect(containerd.findings).toEqual([]);
  });

  test('a part needs none of the other in its archive', async () => {
    const without = ['containerd', 'containerd-shim-runc-v2', 'ctr', 'runc'];
    expect(droppedOf(await plan({ only: 'docker' }, { without }))).toEqual([]);
  });

  test('helpers that a release has besides go with their part', async () => {
    const extra = releaseFiles();
    const more = {
      'docker/containerd-shim': extra['docker/runc'] ?? '',
      'docker/docker-rootless': extra['docker/runc'] ?? '',
    };
    const places = placesOf(await plan({ only: 'containerd' }, { extra: more }));
    expect(places).toContain('usr/bin/containerd-shim');
    expect(places).not.toContain('usr/bin/docker-rootless');
  });

  test('nothing else gets to /usr/bin', async () => {
    const program = releaseFiles()['docker/runc'] ?? '';
    const extra = {
      'docker/bash': program,
      'bin/ctr': program,
      'docker/a/runc': program,
      'docker/docker-helpers/bash': program,
      'docker/dockerbash': program,
      'docker/runcat': program,
      README: 'x',
    };
    const odd = await plan({}, { extra });
    expect(placesOf(odd)).toEqual([...DOCKER, ...CONTAINERD].sort());
    const found = odd.findings.filter(({ ruleId }) => ruleId === 'TX618');
    expect(found.map(({ path }) => path).sort()).toEqual(Object.keys(extra).sort());
  });
});

test('a further name of a program is none of its own: its file may be left out', async () => {
  const links = { 'docker/docker-runner': 'docker/runc' };
  const odd = await plan({ only: 'docker' }, {}, links);
  expect(placesOf(odd)).not.toContain('usr/bin/docker-runner');
  expect(rulesOf(odd)).toContain('TX618 docker/docker-runner');
});

describe('what starts', () => {
  const enabledOf = ({ units }: Plan) => units.enabled.map(row => `${row.unit} ${row.upheldBy}`);

  test('the socket and containerd, as with those that Flatcar has built in', async () => {
    const both = await plan();
    expect(enabledOf(both)).toEqual([
      'containerd.service multi-user.target',
      'docker.socket sockets.target',
    ]);
    expect(textOf(both, `${UNITS}/sockets.target.d/10-docker-socket.conf`)).toBe(
      '[Unit]\nUpholds=docker.socket\n',
    );
    expect(both.units.notEnabled).toEqual([
      { unit: 'docker.service', wantedBy: ['multi-user.target'] },
    ]);
  });

  test('the daemon too, when asked to', async () => {
    const both = await plan({ enable: ['docker.service'] });
    expect(enabledOf(both)).toContain('docker.service multi-user.target');
    expect(textOf(both, `${UNITS}/multi-user.target.d/10-docker-service.conf`)).toBe(
      '[Unit]\nUpholds=docker.service\n',
    );
  });

  test('nothing that was refused', async () => {
    expect(enabledOf(await plan({ noEnable: ['docker.socket', 'containerd.service'] }))).toEqual(
      [],
    );
  });

  test('a unit of the other part is none of this extension', async () => {
    const error = await toolErrorOf(() => plan({ only: 'docker', enable: ['containerd.service'] }));
    expect(error.code).toBe('usage');
  });
});

describe('labels for containers', () => {
  test.each([
    ['flatcar', true],
    ['_any', false],
    ['fedora', false],
  ])('ID=%s: %s', async (id, hasSelinux) => {
    const both = await plan({ host: { id } });
    const service = textOf(both, `${UNITS}/docker.service`) ?? '';
    expect(service.includes('DOCKER_SELINUX=--selinux-enabled=true')).toBe(hasSelinux);
    const config = textOf(both, 'usr/share/containerd/config.toml') ?? '';
    expect(config).toContain(`enable_selinux = ${hasSelinux}\n`);
    expect(config).toContain('SystemdCgroup = true\n');
    const cgroupfs = textOf(both, 'usr/share/containerd/config-cgroupfs.toml');
    expect(cgroupfs).toBe(config.replace('SystemdCgroup = true', 'SystemdCgroup = false'));
  });
});

describe('the machine', () => {
  test('is read from the programs', async () => {
    const both = await plan({}, { machine: 'aarch64' });
    expect(both.extension.architecture).toBe('arm64');
  });

  test('must be the one that was asked for', async () => {
    const error = await toolErrorOf(() => plan({ architecture: 'arm64' }));
    expect(error).toEqual({
      code: 'wrong-architecture',
      facts: { path: 'docker/containerd', architecture: 'x86-64', wanted: 'arm64' },
    });
  });

  test('must be one', async () => {
    const extra = { 'docker/runc': releaseFiles({ machine: 'aarch64' })['docker/runc'] ?? '' };
    expect((await toolErrorOf(() => plan({}, { extra }))).code).toBe('mixed-architecture');
    const error = await toolErrorOf(() => plan({ architecture: 'x86-64' }, { extra }));
    expect(error).toMatchObject({ facts: { path: 'docker/runc', architecture: 'arm64' } });
  });

  test('a program that needs the host is told', async () => {
    const both = await plan({}, { extra: { 'docker/runc': hostsProgram() } });
    expect(rulesOf(both)).toContain('TX601 docker/runc');
  });
});

describe('archives that are none of Docker', () => {
  test.each<[string, ReleaseOptions, Partial<DockerPlanOptions>, string]>([
    ['no daemon', { without: ['dockerd'] }, {}, 'there is no docker/dockerd'],
    [
      'no shim: 19.03',
      { without: ['containerd-shim-runc-v2'] },
      {},
      'there is no docker/containerd-shim-runc-v2',
    ],
    ['no runc', { without: ['runc'] }, { only: 'containerd' }, 'there is no docker/runc'],
    ['a script', { extra: { 'docker/docker': '#!/bin/sh\n' } }, {}, 'docker/docker is no program'],
    ['an empty file', { extra: { 'docker/ctr': '' } }, {}, 'docker/ctr is no program'],
  ])('%s', async (_, release, options, what) => {
    const error = await toolErrorOf(() => plan(options, release));
    const reason = `${what}, so this is not a static release of Docker 20.10 or later`;
    expect(error).toEqual({ code: 'not-convertible', facts: { reason } });
  });

  test('a Torcx image is recognised', async () => {
    const extra = { '.torcx/manifest.json': '{"kind":"image-manifest-v0","value":{}}' };
    const error = await toolErrorOf(() => plan({}, { without: ['docker'], extra }));
    expect(error).toMatchObject({
      facts: { suggestion: 'without --docker: this is a Torcx image' },
    });
  });
});
