import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CLI } from './convert.ts';
import { runChecked } from './run-command.ts';

/**
 * Bash that gives `$ROOT` what Flatcar has: a built-in Docker, which is merged and started unless it is masked, its own
 * ensure-sysext.service, and a generator of Torcx's name, which writes `/run/torcx-ran`.
 * @param directory of the caller's, empty
 */
export async function flatcarParts(directory: string): Promise<string> {
  const tree = join(directory, 'tree');
  write(join(tree, 'usr/bin/docker'), '#!/bin/sh\necho built in\n', 0o755);
  const units = Object.entries(BUILT_IN_UNITS);
  for (const [name, text] of units) write(join(tree, 'usr/lib/systemd/system', name), text);
  const image = join(directory, 'docker-flatcar.raw');
  const enable = ['--enable', 'docker.socket,containerd.service'];
  const bake = ['--bake', tree, 'docker-flatcar', ...enable, '--output', image];
  await runChecked(process.execPath, [CLI, ...bake]);
  const unit = join(directory, 'ensure-sysext.service');
  await runChecked(process.execPath, [CLI, '--ensure-sysext', '--output-file', unit]);
  write(join(directory, 'torcx-generator'), '#!/bin/sh\necho Torcx > /run/torcx-ran\n', 0o755);
  return `
    generators="$ROOT/usr/lib/systemd/system-generators"
    flatcar="$ROOT/usr/share/flatcar"
    mkdir -p "$generators" "$flatcar/sysext" "$flatcar/etc/extensions" "$ROOT/etc/extensions"
    cp '${directory}/torcx-generator' "$generators/"
    cp '${image}' "$flatcar/sysext/"
    for name in docker-flatcar containerd-flatcar; do
      ln -s "/usr/share/flatcar/sysext/$name.raw" "$flatcar/etc/extensions/"
    done
    [ -e "$flatcar/sysext/containerd-flatcar.raw" ] || ln -sfn /dev/null "$flatcar/etc/extensions/containerd-flatcar.raw"
    cp -Pn "$flatcar"/etc/extensions/* "$ROOT/etc/extensions/"
    cp '${unit}' "$ROOT/usr/lib/systemd/system/"
    systemctl --quiet --root="$ROOT" enable systemd-sysext ensure-sysext`;
}

const SLEEP = '[Unit]\nDescription=Built in\n\n[Service]\nExecStart=sleep infinity\n';

const BUILT_IN_UNITS = {
  'docker.socket': '[Unit]\nDescription=Built in\n\n[Socket]\nListenStream=/run/docker.sock\n',
  'docker.service': SLEEP,
  'containerd.service': SLEEP,
};

function write(path: string, content: string, mode = 0o644): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content, { mode });
}
