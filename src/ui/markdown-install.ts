import type { ImageReport } from '../convert/report.ts';
import { shellCommand, shellWord } from '../shell-command.ts';
import { clashingBuiltIns } from './built-in-extensions.ts';
import { isForFlatcar } from './host-words.ts';
import { block, code } from './markdown-syntax.ts';

/** How the extension comes onto a node that runs. */
export function installSteps(report: ImageReport): string {
  const { output } = report;
  const parts = [copyText(report)];
  const masks = maskCommands(report);
  if (masks.length > 0) {
    parts.push(
      "Flatcar's built-in extensions bring the same programs. Mask them, or the order of the file names decides which are used:",
      block('sh', masks.join('\n')),
    );
  }
  parts.push(...activate(report));
  const live = liveCommands(report);
  if (live.length > 0) {
    parts.push(
      'systemd reads these directories at boot; on the running node it has to be asked to:',
      block('sh', live.join('\n')),
    );
  }
  const restarts = restartCommands(report);
  if (restarts.length > 0) {
    parts.push(
      'What ran under the same names before still runs the old program:',
      block('sh', restarts.join('\n')),
    );
  }
  if (output.format !== 'directory') {
    parts.push(
      `To keep several versions side by side, put the image elsewhere and link to it; the link's name must be ${code(`${output.name}.raw`)}:`,
      block('sh', linkCommands(report).join('\n')),
    );
  }
  return parts.join('\n\n');
}

function copyText({ output }: ImageReport): string {
  const file = operand(output.path);
  if (output.format === 'directory') {
    return [
      'Copy the directory as root, so that its files belong to root:',
      block(
        'sh',
        [
          'sudo mkdir -p /etc/extensions',
          `sudo cp -rT --preserve=mode,timestamps,links,xattr ${file} /etc/extensions/${output.name}`,
        ].join('\n'),
      ),
    ].join('\n\n');
  }
  const commands = [
    ...(output.sha256 === undefined
      ? []
      : [`echo ${shellWord(`${output.sha256}  ${output.path}`)} | sha256sum --check`]),
    'sudo mkdir -p /etc/extensions',
    `sudo install -m 0644 ${file} /etc/extensions/${output.name}.raw`,
  ];
  return [
    `Copy ${code(output.path)} to the node, check it and put it in place. The name ${code(`${output.name}.raw`)} matters: systemd refuses an extension under another name.`,
    block('sh', commands.join('\n')),
  ].join('\n\n');
}

/** A file name that starts with a dash would be an option. */
function operand(path: string): string {
  return shellWord(path.startsWith('-') ? `./${path}` : path);
}

function maskCommands(report: ImageReport): string[] {
  return clashingBuiltIns(report).map(name => `sudo ln -sfn /dev/null /etc/extensions/${name}.raw`);
}

function activate(report: ImageReport): string[] {
  const { ID: id } = report.output.extensionRelease.fields;
  const targets = [...new Set(report.enabled.map(row => row.upheldBy))];
  const parts: string[] = [];
  if (isForFlatcar(report)) {
    const others = targets.filter(target => !RESTARTED_BY_FLATCAR.has(target));
    parts.push(
      `${id === '_any' ? 'On Flatcar, merge' : 'Merge'} it and start its units:`,
      block(
        'sh',
        ['sudo systemctl restart systemd-sysext ensure-sysext', ...restartTargets(others)].join(
          '\n',
        ),
      ),
    );
  }
  if (id !== 'flatcar') {
    const commands = [
      'sudo systemctl enable --now systemd-sysext',
      'sudo systemctl restart systemd-sysext',
      'sudo systemctl daemon-reload',
      ...restartTargets(targets),
    ];
    parts.push(
      `${id === '_any' ? 'On other distributions, merge' : 'Merge'} it and start its units (the second line is for a node on which extensions were merged before):`,
      block('sh', commands.join('\n')),
    );
    if (targets.length > 0) parts.push(...startAtBoot(id));
  }
  return parts;
}

/** EXTENSION_RELOAD_MANAGER, which makes the manager read units again by itself, is as old as systemd 255. */
function startAtBoot(id: string | undefined): string[] {
  return [
    `With systemd up to 254, ${id === '_any' ? 'other distributions than Flatcar merge' : 'a node merges'} the extension at each boot, but nobody tells systemd to read its units. ${code('torcx2sysext --ensure-sysext')} prints a unit that does. Install it once on each such node:`,
    block(
      'sh',
      [
        'torcx2sysext --ensure-sysext | sudo tee /etc/systemd/system/ensure-sysext.service',
        'sudo systemctl enable --now ensure-sysext',
      ].join('\n'),
    ),
  ];
}

/** What ensure-sysext.service restarts, so that their Upholds= take effect. */
const RESTARTED_BY_FLATCAR: ReadonlySet<string> = new Set([
  'sockets.target',
  'timers.target',
  'multi-user.target',
]);

function restartTargets(targets: readonly string[]): string[] {
  if (targets.length === 0) return [];
  return [`sudo ${shellCommand(['systemctl', 'restart', '--no-block', ...targets])}`];
}

/**
 * Sockets go with their services: from systemd 255 on a socket whose unit was away while the extension was exchanged has
 * lost what it listens on, and a service that is started later gets nothing from it. A socket that is restarted takes
 * its service with it, if that runs; a service alone would not start.
 */
function restartCommands({ enabled }: ImageReport): string[] {
  const units = enabled.map(row => row.unit);
  const started = units.filter(unit => !unit.endsWith('.socket'));
  const activated = units
    .filter(unit => unit.endsWith('.socket'))
    .flatMap(unit => [unit, unit.replace(/\.socket$/, '.service')])
    .filter(unit => !started.includes(unit));
  return [
    ...(started.length === 0 ? [] : [shellCommand(['sudo', 'systemctl', 'restart', ...started])]),
    ...(activated.length === 0
      ? []
      : [shellCommand(['sudo', 'systemctl', 'try-restart', ...activated])]),
  ];
}

const LIVE_COMMANDS = [
  { directory: 'usr/lib/sysusers.d/', command: 'sudo systemd-sysusers' },
  { directory: 'usr/lib/tmpfiles.d/', command: 'sudo systemd-tmpfiles --create' },
  {
    directory: 'usr/lib/udev/rules.d/',
    command: 'sudo udevadm control --reload && sudo udevadm trigger',
  },
  { directory: 'usr/lib/systemd/network/', command: 'sudo networkctl reload' },
] as const;

/** What systemd does once at boot with directories that the extension fills. */
function liveCommands({ mapping }: ImageReport): string[] {
  return LIVE_COMMANDS.filter(({ directory }) =>
    mapping.some(({ to }) => to?.startsWith(directory)),
  ).map(({ command }) => command);
}

function linkCommands({ output }: ImageReport): string[] {
  const directory = `/opt/extensions/${output.name}`;
  return [
    `sudo mkdir -p ${directory} /etc/extensions`,
    `sudo install -m 0644 ${operand(output.path)} ${directory}/${output.name}.raw`,
    `sudo ln -sfn ${directory}/${output.name}.raw /etc/extensions/${output.name}.raw`,
  ];
}
