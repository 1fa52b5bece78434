import type { ImageReport } from '../convert/report.ts';
import { shellCommand } from '../shell-command.ts';
import { clashingBuiltIns } from './built-in-extensions.ts';
import { hostWords, isForFlatcar } from './host-words.ts';
import { installSteps } from './markdown-install.ts';
import { publishSteps } from './markdown-publish.ts';
import { block, code, list, plain } from './markdown-syntax.ts';
import { removeTorcx, replacesTorcx, rollBack } from './markdown-torcx-removal.ts';
import { nodeText } from './node-text.ts';

type Section = readonly [heading: string, text: string];

const REMOVE_TORCX = "Remove Torcx's own configuration";

/** What to do with the image, in order, with the exact commands. */
export function nextSteps(report: ImageReport): string {
  const steps: Section[] = [
    ['Check that the host fits', checkHost(report)],
    ...checkEtc(report),
    ['Install on a running node', install(report)],
  ];
  if (isForFlatcar(report) && report.output.format !== 'directory') {
    steps.push(['Install on new nodes', provision(report)]);
  }
  const publish = publishSteps(report);
  if (publish !== undefined) steps.push(['Publish', publish]);
  steps.push(['See that it worked', verify(report)]);
  if (replacesTorcx(report)) steps.push([REMOVE_TORCX, removeTorcx(report)]);
  steps.push(['Roll back', rollBack(report)]);
  const intro = `A systemd-sysext image ("extension") is a small read-only file system. At boot, systemd-sysext lays it over ${code('/usr')} and ${code('/opt')}: its files appear beside those of the operating system, which itself is not changed. Take the image away, and they are gone.`;
  const numbered = steps.map(([heading, text], index) => `### ${index + 1}. ${heading}\n\n${text}`);
  return [intro, ...numbered].join('\n\n');
}

function checkHost(report: ImageReport): string {
  return [
    block(
      'sh',
      "grep -E '^(ID|SYSEXT_LEVEL|VERSION_ID)=' /etc/os-release\nuname -m\nsystemctl --version | head -n 1",
    ),
    `The extension is merged on: ${plain(hostWords(report))}. Any other host skips it. It needs systemd 252 or newer${isForFlatcar(report) ? `; Flatcar has that${report.mode === 'bake' ? '' : ', and no Torcx any more,'} from 3794 on` : ''}.`,
  ].join('\n\n');
}

function checkEtc({ mode }: ImageReport): Section[] {
  if (mode === 'bake') return [];
  const text = [
    block('sh', 'sudo grep -rn -e torcx -e TORCX_ /etc'),
    `Drop-ins, units and scripts of your own may still speak of Torcx; an extension does not change them. ${code('torcx2sysext --check /etc')}, where this program is, or run on a copy of ${code('/etc')}, says of each line what breaks and mends it with ${code('--fix')}. By hand, for each line found:`,
    list([
      `${code('Requires=torcx.target')} or ${code('After=torcx.target')}: delete the word ${code('torcx.target')}; a line without another word goes. A unit that requires it does not start any more.`,
      `${code('EnvironmentFile=/run/metadata/torcx')}: delete the line. Without the file the unit does not start.`,
      `${code('$TORCX_BINDIR/PROGRAM')} or ${code('/run/torcx/bin/PROGRAM')}: write ${code('/usr/bin/PROGRAM')}. ${code('/usr/bin/env PATH=$TORCX_BINDIR:$PATH')} in front of it goes.`,
      `${code('$TORCX_UNPACKDIR/NAME/PATH')} or ${code('/run/torcx/unpack/NAME/PATH')}: ${mode === 'convert' ? 'find PATH in the left column' : 'look for the last part of PATH in the middle column'} of [File mapping](#file-mapping) and write what stands ${mode === 'convert' ? 'beside it' : 'there'}, with a ${code('/')} in front.`,
      `${code('/etc/torcx/')}: comes last, under "${REMOVE_TORCX}".`,
    ]),
  ].join('\n\n');
  return [['Look for Torcx in /etc', text]];
}

function install(report: ImageReport): string {
  const hint = `On a release that still has Torcx, what Torcx set up hides the extension until "${REMOVE_TORCX}" is done.`;
  return [installSteps(report), ...(replacesTorcx(report) ? [hint] : [])].join('\n\n');
}

function provision(report: ImageReport): string {
  const masks = clashingBuiltIns(report);
  const why =
    masks.length === 0
      ? ''
      : ' The links mask the built-in extensions that bring the same programs.';
  return [
    `Put the image on a server of yours and add this to the Butane configuration (${code('butane < config.yaml > config.json')} makes the Ignition file).${why} ${code('--butane FILE')} and ${code('--ignition FILE')} write it with the address of ${code('--image-url')}.`,
    block('yaml', nodeText(report, { imageUrl: 'https://YOUR-SERVER/' }, 'butane')),
  ].join('\n\n');
}

function verify({ enabled, output }: ImageReport): string {
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
