import type { ConvertReport } from '../convert/report.ts';
import { clashingBuiltIns } from './built-in-extensions.ts';
import { butaneConfig } from './butane-config.ts';
import { hostWords, isForFlatcar } from './host-words.ts';
import { block, code, list, plain } from './markdown-syntax.ts';
import { removeTorcx, rollBack } from './markdown-torcx-removal.ts';
import { shellCommand, shellWord } from './shell-command.ts';

const REMOVE_TORCX = "Remove Torcx's own configuration";

/** What to do with the image, in order, with the exact commands. */
export function nextSteps(report: ConvertReport): string {
  const hadTorcx = isForFlatcar(report);
  const steps: [heading: string, text: string][] = [
    ['Check that the host fits', checkHost(report)],
    ['Look for Torcx in /etc', checkEtc()],
    ['Install on a running node', install(report)],
  ];
  if (hadTorcx && report.output.format === 'squashfs') {
    steps.push(['Install on new nodes', provision(report)]);
  }
  steps.push(['See that it worked', verify(report)]);
  if (hadTorcx) steps.push([REMOVE_TORCX, removeTorcx(report)]);
  steps.push(['Roll back', rollBack(report)]);
  const intro = `A systemd-sysext image ("extension") is a small read-only file system. At boot, systemd-sysext lays it over ${code('/usr')} and ${code('/opt')}: its files appear beside those of the operating system, which itself is not changed. Take the image away, and they are gone.`;
  const numbered = steps.map(([heading, text], index) => `### ${index + 1}. ${heading}\n\n${text}`);
  return [intro, ...numbered].join('\n\n');
}

function checkHost(report: ConvertReport): string {
  return [
    block(
      'sh',
      "grep -E '^(ID|SYSEXT_LEVEL|VERSION_ID)=' /etc/os-release\nuname -m\nsystemctl --version | head -n 1",
    ),
    `The extension is merged on: ${plain(hostWords(report))}. Any other host skips it. It needs systemd 252 or newer${isForFlatcar(report) ? '; Flatcar has that, and no Torcx any more, from 3794 on' : ''}.`,
  ].join('\n\n');
}

function checkEtc(): string {
  return [
    block('sh', 'sudo grep -rn -e torcx -e TORCX_ /etc'),
    'Drop-ins, units and scripts of your own may still speak of Torcx; the conversion changes only what is in the image. For each line found:',
    list([
      `${code('Requires=torcx.target')} or ${code('After=torcx.target')}: delete the word ${code('torcx.target')}; a line without another word goes. A unit that requires it does not start any more.`,
      `${code('EnvironmentFile=/run/metadata/torcx')}: delete the line. Without the file the unit does not start.`,
      `${code('$TORCX_BINDIR/PROGRAM')} or ${code('/run/torcx/bin/PROGRAM')}: write ${code('/usr/bin/PROGRAM')}. ${code('/usr/bin/env PATH=$TORCX_BINDIR:$PATH')} in front of it goes.`,
      `${code('$TORCX_UNPACKDIR/NAME/PATH')} or ${code('/run/torcx/unpack/NAME/PATH')}: find PATH in the left column of [File mapping](#file-mapping) and write what stands beside it, with a ${code('/')} in front.`,
      `${code('/etc/torcx/')}: comes last, under "${REMOVE_TORCX}".`,
    ]),
  ].join('\n\n');
}

function install(report: ConvertReport): string {
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
  if (isForFlatcar(report)) {
    parts.push(
      `On a release that still has Torcx, what Torcx set up hides the extension until "${REMOVE_TORCX}" is done.`,
    );
  }
  if (output.format === 'squashfs') {
    parts.push(
      `To keep several versions side by side, put the image elsewhere and link to it; the link's name must be ${code(`${output.name}.raw`)}:`,
      block('sh', linkCommands(report).join('\n')),
    );
  }
  return parts.join('\n\n');
}

function copyText({ output }: ConvertReport): string {
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

function maskCommands(report: ConvertReport): string[] {
  return clashingBuiltIns(report).map(name => `sudo ln -sfn /dev/null /etc/extensions/${name}.raw`);
}

function activate(report: ConvertReport): string[] {
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
  }
  return parts;
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

/** A socket cannot be restarted while its service runs, and need not be: its service is, if it runs. */
function restartCommands({ enabled }: ConvertReport): string[] {
  const units = enabled.map(row => row.unit);
  const started = units.filter(unit => !unit.endsWith('.socket'));
  const activated = units
    .filter(unit => unit.endsWith('.socket'))
    .map(unit => unit.replace(/\.socket$/, '.service'))
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
function liveCommands({ mapping }: ConvertReport): string[] {
  return LIVE_COMMANDS.filter(({ directory }) =>
    mapping.some(({ to }) => to?.startsWith(directory)),
  ).map(({ command }) => command);
}

function linkCommands({ output }: ConvertReport): string[] {
  const directory = `/opt/extensions/${output.name}`;
  return [
    `sudo mkdir -p ${directory} /etc/extensions`,
    `sudo install -m 0644 ${operand(output.path)} ${directory}/${output.name}.raw`,
    `sudo ln -sfn ${directory}/${output.name}.raw /etc/extensions/${output.name}.raw`,
  ];
}

function provision(report: ConvertReport): string {
  const masks = clashingBuiltIns(report);
  const why =
    masks.length === 0
      ? ''
      : ' The links mask the built-in extensions that bring the same programs.';
  return [
    `Put the image on a server of yours and add this to the Butane configuration (${code('butane < config.yaml > config.json')} makes the Ignition file).${why}`,
    block('yaml', butaneConfig(report)),
  ].join('\n\n');
}

function verify({ enabled, output }: ConvertReport): string {
  const units = enabled.map(row => row.unit);
  const commands = [
    'systemd-sysext status',
    ...(units.length === 0 ? [] : [shellCommand(['systemctl', '--no-pager', 'status', ...units])]),
    'systemctl --failed',
  ];
  return [
    block('sh', commands.join('\n')),
    `${code('systemd-sysext status')} must list ${code(output.name)}${units.length === 0 ? '' : ', and the units must be active'}. If it does not, ${code('journalctl -b -u systemd-sysext')} says why. Then reboot once and look again: that is the test that counts.`,
  ].join('\n\n');
}
