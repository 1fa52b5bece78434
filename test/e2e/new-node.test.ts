import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { applyIgnition } from './support/apply-ignition.ts';
import { CLI } from './support/convert.ts';
import { debianRoot } from './support/debian-root.ts';
import { flatcarParts } from './support/flatcar-parts.ts';
import { dockerRelease } from './support/inputs.ts';
import { requireTools } from './support/require-tools.ts';
import { type CommandResult, runChecked } from './support/run-command.ts';
import { inRunningRoot } from './support/running-root.ts';
import { untilActive } from './support/until-active.ts';

const ready = requireTools([
  'apt-get',
  'debootstrap',
  'ignition-validate',
  'nsenter',
  'systemd-nspawn',
  'systemd-sysext',
  'unshare',
]);

/** What the server is called that a node gets everything from. */
const SERVER = 'https://images.example/docker/';

describe.runIf(ready)('a node made with the Ignition file that is written', () => {
  const work = mkdtempSync(join(tmpdir(), 'e2e-new-node-'));

  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test("Flatcar: Docker is started, the built-in one and Torcx's generator are not", async () => {
    const updates = ['--image-version', '20.10.24', '--sysupdate', SERVER];
    const node = await makeNode('flatcar', ['--target-version', '3510.2.0', ...updates]);
    const { status, stdout, stderr } = await bootNode({
      ...node,
      prepare: await flatcarParts(join(work, 'parts')),
      script: `
        ${untilActive('docker.socket')}
        inside docker version --format '{{.Server.Version}}'
        inside cat /run/torcx-ran 2> /dev/null || echo 'no Torcx'
        inside systemctl is-active docker-update.timer`,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^20\.10\.24.*\nno Torcx\nactive\n$/);
  });

  test('another distribution: it takes the helper unit to start what is merged', async () => {
    const host = ['--os', 'debian', '--os-version', '12'];
    const node = await makeNode('debian', [...host, '--image-url', SERVER]);
    const { status, stdout, stderr } = await bootNode({
      ...node,
      prepare: OTHER_DISTRIBUTION,
      script: `
        ${untilActive('docker.socket')}
        inside docker version --format '{{.Server.Version}}'`,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^20\.10\.24.*\n$/);

    const units = node.units.filter(unit => unit !== 'ensure-sysext.service');
    expect(units).toHaveLength(node.units.length - 1);
    const script = 'inside which docker; inside systemctl is-active docker.socket || true';
    const without = await bootNode({ ...node, units, prepare: OTHER_DISTRIBUTION, script });
    expect(without).toMatchObject({ status: 0, stdout: '/usr/bin/docker\ninactive\n' });
  });

  /** What Ignition writes to a new node. */
  interface NodeFiles {
    readonly tree: string;
    readonly units: readonly string[];
  }

  /** Runs the command that makes image and configuration, and follows the configuration. */
  async function makeNode(name: string, args: readonly string[]): Promise<NodeFiles> {
    const directory = join(work, name);
    const tree = join(directory, 'tree');
    mkdirSync(tree, { recursive: true });
    const config = join(directory, 'config.json');
    const quick = ['--compression', 'zstd:1', '--quiet'];
    const made = await runChecked(
      process.execPath,
      [CLI, '--docker', await dockerRelease(), 'docker', ...quick, '--ignition', config, ...args],
      { cwd: directory },
    );
    await runChecked('ignition-validate', [config]);
    const image = /^wrote .\/(.*\.raw)$/m.exec(made)?.[1] ?? '';
    const units = applyIgnition({
      config: JSON.parse(readFileSync(config, 'utf8')),
      served: { [`${SERVER}${image}`]: join(directory, image) },
      directory: tree,
    });
    return { tree, units };
  }

  interface BootRequest extends NodeFiles {
    /** Bash, run before the boot, when everything is in `$ROOT`. */
    readonly prepare: string;
    readonly script: string;
  }

  async function bootNode({ tree, units, prepare, script }: BootRequest): Promise<CommandResult> {
    return inRunningRoot({
      root: await debianRoot(),
      variables: { TREE: tree, UNITS: units.join('\n') },
      prepare: `cp -a --remove-destination "$TREE/." "$ROOT/"
        xargs -r systemctl --quiet --root="$ROOT" enable <<< "$UNITS"
        ${prepare}`,
      script,
    });
  }
});

/** The lines that make Debian's os-release that of Flatcar are the last three. */
const OTHER_DISTRIBUTION = 'sed -i "/flatcar/,$ d" "$ROOT/usr/lib/os-release"';
