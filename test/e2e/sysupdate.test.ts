import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { placeOf, readmeBlocks } from '../support/readme-blocks.ts';
import { BOOT, POWER_OFF } from './support/boot-script.ts';
import { CLI } from './support/convert.ts';
import { debianRoot } from './support/debian-root.ts';
import { dockerRelease } from './support/inputs.ts';
import { requireTools } from './support/require-tools.ts';
import { runChecked } from './support/run-command.ts';
import { inRunningRoot } from './support/running-root.ts';

const ready = requireTools([
  'apt-get',
  'debootstrap',
  'nsenter',
  'python3',
  'systemd-nspawn',
  'unshare',
]);

const SERVER = 'http://127.0.0.1:8080/';

describe.runIf(ready)('systemd-sysupdate brings images to a node', () => {
  const work = mkdtempSync(join(tmpdir(), 'e2e-sysupdate-'));
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  /** Makes a version as a user does. */
  async function publish(directory: string, version: string, source: readonly string[]) {
    mkdirSync(join(work, directory), { recursive: true });
    const publishing = ['--image-version', version, '--sysupdate', SERVER, '--no-report'];
    const output = ['--output', `${join(work, directory)}/`];
    await runChecked(process.execPath, [CLI, ...source, ...publishing, ...output]);
  }

  /** Boots a root in which `update NAME` and `look NAME` can be called. Gives the script's lines. */
  async function onNode(script: string): Promise<string[]> {
    const { status, stdout, stderr } = await inRunningRoot({
      root: await debianRoot('trixie'),
      variables: { WORK: work },
      prepare: 'mkdir -p "$ROOT/etc/extensions"',
      script: `${FUNCTIONS}\n${script}`,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout.trimEnd().split('\n');
  }

  /** A server in the network of the node, of a directory that `serve FILE…` puts files into, and the list last. */
  const FUNCTIONS = `
    mkdir /run/served
    begin_serving() {
      : > /run/server.log
      nsenter --target "$init" --net python3 -m http.server --bind 127.0.0.1 --directory /run/served 8080 \\
        > /run/server.log 2>&1 &
      for _ in $(seq 100); do grep -q Serving /run/server.log && break; sleep 0.1; done
    }
    begin_serving
    sums() { (cd /run/served && sha256sum --check --strict --quiet SHA256SUMS); }
    # Of the list, the lines of what is served by now.
    serve() {
      cp "\${@/#/$WORK/}" /run/served/
      grep -F "$(cd /run/served && ls)" "$(dirname "$WORK/$1")/SHA256SUMS" > /run/SHA256SUMS
      mv /run/SHA256SUMS /run/served/
      sums
    }
    install_transfer() {
      rm -rf "$ROOT/etc/sysupdate.$1.d"
      install -D -m 0644 "$WORK/$2" "$ROOT/etc/sysupdate.$1.d/$(basename "$2")"
    }
    update() {
      inside /usr/lib/systemd/systemd-sysupdate -C "$1" update > /run/update.log 2>&1 || { cat /run/update.log >&2; return 1; }
    }
    look() {
      ls "$ROOT/opt/extensions/$1"
      basename "$(readlink "$ROOT/etc/extensions/$1.raw")"
    }
    remerge() { inside systemctl restart systemd-sysext; }`;

  const hello = (version: string) => `hello-${version}-x86-64.raw`;

  // From 257 on the second name is read; the first too, where there is none of the second.
  test.each(['hello.conf', 'hello.transfer'])(
    '%s: the newest, the link, three kept, and back',
    async file => {
      const versions = ['1.8', '1.9', '1.10', '2.0'];
      const [first, second, third, fourth] = versions.map(hello);
      for (const version of versions) {
        const tree = join(work, 'tree');
        mkdirSync(join(tree, 'usr/bin'), { recursive: true });
        writeFileSync(join(tree, 'usr/bin/hello'), `#!/bin/sh\necho ${version}\n`);
        chmodSync(join(tree, 'usr/bin/hello'), 0o755);
        const source = ['--bake', tree, 'hello', '--os', '_any', '--arch', 'x86-64', '-f'];
        await publish(`hello/${file}`, version, source);
      }
      const served = (name: string | undefined) => `hello/${file}/${name}`;
      const lines = await onNode(`
      install_transfer hello ${served(file)}
      next() { serve "$@"; update hello; look hello; remerge; inside hello; }
      next ${served(first)}
      next ${served(third)} ${served(second)}
      next ${served(second)}
      next ${served(fourth)}
      echo back
      ln -sfn /opt/extensions/hello/${third} "$ROOT/etc/extensions/hello.raw"
      remerge; inside hello
      update hello; look hello`);
      expect(lines).toEqual([
        ...[first, first, '1.8'],
        // Versions are numbers, not texts; what is between is never fetched.
        ...[third, first, third, '1.10'],
        ...[third, first, third, '1.10'],
        ...[third, first, fourth, fourth, '2.0'],
        // An update does not undo that as long as there is nothing newer than what is installed.
        ...['back', '1.10', third, first, fourth, third],
      ]);
    },
  );

  test('an image that is not as the list says is not installed', async () => {
    const tree = join(work, 'tree');
    mkdirSync(join(tree, 'usr/lib'), { recursive: true });
    for (const version of ['1', '2']) {
      const source = ['--bake', tree, 'hello', '--os', '_any', '--arch', 'x86-64', '-f'];
      await publish('damaged', version, source);
    }
    const lines = await onNode(`
      install_transfer hello damaged/hello.transfer
      serve damaged/${hello('1')}
      update hello
      serve damaged/${hello('2')}
      printf X | dd of=/run/served/${hello('2')} bs=1 seek=200 conv=notrunc status=none
      if update hello 2> /run/said; then echo updated; fi
      grep -o 'DOWNLOAD INVALID: Checksum' /run/said
      look hello`);
    expect(lines).toEqual(['DOWNLOAD INVALID: Checksum', hello('1'), hello('1')]);
  });

  test('the commands of README.md do so', async () => {
    const blocks = readmeBlocks().filter(block => placeOf(block) === 'node with updates');
    expect(blocks).toHaveLength(1);
    const tree = join(work, 'mytool');
    mkdirSync(join(tree, 'usr/bin'), { recursive: true });
    writeFileSync(join(tree, 'usr/bin/mytool'), '#!/bin/sh\necho it works\n');
    chmodSync(join(tree, 'usr/bin/mytool'), 0o755);
    await publish('readme', '1.0', ['--bake', tree, '--arch', 'x86-64']);
    writeFileSync(join(work, 'readme/steps.sh'), `set -euo pipefail\ncd /root\n${blocks[0]?.text}`);
    const unit = ['--ensure-sysext', '--output-file', join(work, 'readme/ensure-sysext.service')];
    await runChecked(process.execPath, [CLI, ...unit]);
    const lines = await onNode(`
      printf '#!/bin/sh\nexec "$@"\n' > "$ROOT/usr/bin/sudo"
      chmod 755 "$ROOT/usr/bin/sudo"
      cp "$WORK/readme/ensure-sysext.service" "$ROOT/etc/systemd/system/"
      cp "$WORK"/readme/* "$ROOT/root/"
      rmdir "$ROOT/etc/extensions"
      inside systemctl daemon-reload
      serve readme/mytool-1.0-x86-64.raw
      inside bash /root/steps.sh > /run/steps.log 2>&1 || { cat /run/steps.log >&2; exit 1; }
      inside mytool`);
    expect(lines).toEqual(['it works']);
  });

  test('the whole way: Docker built, published, fetched, booted, updated, and the first version again', async () => {
    const archive = await dockerRelease();
    for (const time of ['1000', '2000']) {
      const quick = ['--compression', 'zstd:1', '--source-date-epoch', time];
      await publish('docker', `20.10.24-${time}`, ['--docker', archive, 'docker', ...quick]);
    }
    const unit = join(work, 'ensure-sysext.service');
    await runChecked(process.execPath, [CLI, '--ensure-sysext', '--output-file', unit]);
    const docker = (time: string) => `docker-20.10.24-${time}-x86-64.raw`;
    const lines = await onNode(`
      serve docker/${docker('1000')}
      install_transfer docker docker/docker.transfer
      install -m 0644 "$WORK/ensure-sysext.service" "$ROOT/etc/systemd/system/"
      inside systemctl enable systemd-sysext ensure-sysext 2> /dev/null
      update docker
      ${POWER_OFF}
      ${BOOT}
      state() {
        basename "$(readlink "$ROOT/etc/extensions/docker.raw")"
        inside docker version --format '{{.Server.Version}}'
        inside systemctl is-active docker.socket containerd.service docker.service
        inside stat --format %Y /usr/lib/extension-release.d/extension-release.docker
      }
      again() {
        inside systemctl restart systemd-sysext ensure-sysext
        inside systemctl restart containerd.service
        inside systemctl try-restart docker.socket docker.service
      }
      state
      begin_serving
      serve docker/${docker('2000')}
      update docker
      again
      state
      ln -sfn /opt/extensions/docker/${docker('1000')} "$ROOT/etc/extensions/docker.raw"
      again
      state
      ls "$ROOT/opt/extensions/docker"
      inside systemctl --failed --no-legend`);
    const state = (time: string) => [
      docker(time),
      expect.stringMatching(/^20\.10\.24/),
      ...['active', 'active', 'active'],
      time,
    ];
    const kept = [docker('1000'), docker('2000')];
    expect(lines).toEqual([...state('1000'), ...state('2000'), ...state('1000'), ...kept]);
  });
});
