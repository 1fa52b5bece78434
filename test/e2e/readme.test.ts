import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { placeOf, readmeBlocks } from '../support/readme-blocks.ts';
import { CLI } from './support/convert.ts';
import { debianRoot } from './support/debian-root.ts';
import { flatcarParts } from './support/flatcar-parts.ts';
import { dockerArchive } from './support/inputs.ts';
import { requireTools } from './support/require-tools.ts';
import { type CommandResult, runCommand } from './support/run-command.ts';
import { inRunningRoot } from './support/running-root.ts';
import { untilActive } from './support/until-active.ts';

const ready = requireTools([
  'apt-get',
  'debootstrap',
  'nsenter',
  'systemd-nspawn',
  'systemd-sysext',
  'unshare',
]);

describe.runIf(ready)('what README.md says', () => {
  const work = mkdtempSync(join(tmpdir(), 'e2e-readme-'));
  const blocks = readmeBlocks();
  let printed: string;

  beforeAll(async () => {
    const archive = join(work, 'docker:20.10.torcx.tgz');
    symlinkSync(await dockerArchive(), archive);
    const args = [CLI, archive, 'docker', '--progress', 'none'];
    const { stdout, stderr } = await runCommand(process.execPath, args, { cwd: work });
    printed = stderr + stdout;
    const unit = ['--ensure-sysext', '--output-file', join(work, 'ensure-sysext.service')];
    await runCommand(process.execPath, [CLI, ...unit]);
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test('the conversion of the real Docker image prints what it says', () => {
    const shown = blocks.find(block => placeOf(block) === 'real image');
    expect(shown?.text).toBe(`$ torcx2sysext 'docker:20.10.torcx.tgz' docker\n${printed}`);
  });

  test('its steps bring the image to a running node, and take it away again', async () => {
    const steps = blocks.filter(block => placeOf(block) === 'node');
    const scripts = steps.map(({ text }, index) => {
      writeFileSync(join(work, `${index}.sh`), `set -euo pipefail\ncd /root\n${text}`);
      return `inside bash /root/${index}.sh > /run/step.log 2>&1 || { cat /run/step.log >&2; exit 1; }
        echo '${steps[index]?.section}'
        inside docker version --format '{{.Server.Version}}'`;
    });
    const { status, stdout, stderr } = await onFlatcar(`
        inside docker
        ${scripts.join('\n')}
        ${untilActive('docker.socket', 'containerd.service')}
        inside systemctl is-active docker.socket containerd.service docker.service || true
        inside systemctl show --property Description --value docker.socket`);
    const docker = expect.stringMatching(/^20\.10\.24/);
    expect({ status, stderr, lines: stdout.trimEnd().split('\n') }).toEqual({
      status: 0,
      stderr: '',
      lines: [
        'built in',
        ...['On a node that runs', docker, 'On a node that runs', docker],
        ...['On other distributions', docker, 'Roll back', docker],
        ...['Roll back', 'built in', 'active', 'active', 'inactive', 'Built in'],
      ],
    });
  });

  test('the steps of its report do the same', async () => {
    const markdown = readFileSync(join(work, 'docker.report.md'), 'utf8');
    const steps = ['Install on a running node', 'Roll back'];
    for (const [index, step] of steps.entries()) {
      const [, section = ''] = new RegExp(`^### \\d+\\. ${step}$([^#]*)`, 'm').exec(markdown) ?? [];
      const blocks = [...section.matchAll(/^```sh\n([^`]*)```$/gm)].map(([, text]) => text);
      expect(blocks.length, step).toBeGreaterThan(0);
      const script = ['set -euo pipefail', 'cd /root', ...blocks].join('\n');
      writeFileSync(join(work, `report-${index}.sh`), script);
    }
    const { status, stdout, stderr } = await onFlatcar(`
      inside bash /root/report-0.sh > /run/step.log
      inside docker version --format '{{.Server.Version}}'
      inside bash /root/report-1.sh
      inside docker`);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^20\.10\.24.*\nbuilt in\n$/);
  });

  /** On a node that has Flatcar's own Docker, and the files that were made in `/root`. */
  async function onFlatcar(script: string): Promise<CommandResult> {
    return inRunningRoot({
      root: await debianRoot(),
      variables: { WORK: work },
      prepare: `${await flatcarParts(mkdtempSync(join(work, 'parts-')))}
        printf '#!/bin/sh\\nexec "$@"\\n' > "$ROOT/usr/bin/sudo"
        chmod 755 "$ROOT/usr/bin/sudo"
        systemctl --quiet --root="$ROOT" enable systemd-networkd
        # There is no network that could come.
        systemctl --quiet --root="$ROOT" mask systemd-networkd-wait-online
        cp "$WORK"/*.sh "$WORK/docker.raw" "$WORK/ensure-sysext.service" "$ROOT/root/"`,
      script,
    });
  }
});
