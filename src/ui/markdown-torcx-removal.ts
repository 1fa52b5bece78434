import type { ImageReport } from '../convert/report.ts';
import { shellCommand, shellWord } from '../shell-command.ts';
import { clashingBuiltIns } from './built-in-extensions.ts';
import { isForFlatcar } from './host-words.ts';
import { block, code } from './markdown-syntax.ts';
import { remergeCommands } from './remerge-commands.ts';

/** The report of an extension that takes the place of a Torcx image. */
export type TorcxReport = Exclude<ImageReport, { readonly mode: 'bake' }>;

/** True for an extension that a host may get which had Torcx, and the same programs by it. */
export function replacesTorcx(report: ImageReport): report is TorcxReport {
  return report.mode !== 'bake' && isForFlatcar(report);
}

/** Torcx's own configuration goes when the extension has proved itself, and from the selection down to the image. */
export function removeTorcx(report: TorcxReport): string {
  const { name, file } = torcxImage(report);
  const commands = [
    'sudo rm -f /etc/torcx/next-profile',
    `sudo grep -rlF ${shellWord(`"${name}"`)} /etc/torcx/profiles`,
    ...(file === undefined ? [] : [`sudo find /var/lib/torcx/store -name ${shellWord(file)}`]),
  ];
  return [
    `When the extension works, and in this order: first the choice of a profile, then the profiles that name ${code(name)}, then the image in the store. The other order leaves a choice that names nothing, and a release that still has Torcx fails over it at boot.`,
    block('sh', commands.join('\n')),
    `The second command lists the profiles: delete those that name nothing else, take the entry of ${code(name)} out of the others. The last one lists copies of the image; add ${code('-delete')} when you no longer want to go back. From Flatcar 3794 on nothing reads these files any more.`,
    `A release that still has Torcx brings Docker by a profile of its own. This switches Torcx off there; reboot afterwards, and delete the link after the update to 3794 or later:`,
    block(
      'sh',
      [
        'sudo mkdir -p /etc/systemd/system-generators',
        'sudo ln -sfn /dev/null /etc/systemd/system-generators/torcx-generator',
      ].join('\n'),
    ),
  ].join('\n\n');
}

/** Back to the state before: the extension goes, what it masked comes back. */
export function rollBack(report: ImageReport): string {
  const { output, enabled } = report;
  const file = output.format === 'directory' ? output.name : `${output.name}.raw`;
  const units = enabled.map(row => row.unit);
  const commands = [
    `sudo rm -r /etc/extensions/${file}`,
    ...clashingBuiltIns(report).map(
      name =>
        `sudo cp -P --remove-destination /usr/share/flatcar/etc/extensions/${name}.raw /etc/extensions/`,
    ),
    ...remergeCommands(report),
    // Stopped last: while the extension is there, its targets would start them again.
    ...(units.length === 0 ? [] : [`sudo ${shellCommand(['systemctl', 'stop', ...units])}`]),
  ];
  const torcxAgain = replacesTorcx(report)
    ? [
        `On a release that still has Torcx, put ${code('/etc/torcx/next-profile')} back, delete the link to switch Torcx off, and reboot. The Torcx image itself has not been changed.`,
      ]
    : [];
  return [block('sh', commands.join('\n')), ...torcxAgain].join('\n\n');
}

interface TorcxImage {
  readonly name: string;
  /** What its file in the store is called, as a pattern of find's -name. */
  readonly file?: string;
}

/** The image that the extension takes the place of: a release of Docker that of every image called so. */
function torcxImage({ mode, input }: TorcxReport): TorcxImage {
  if (mode === 'docker') return { name: 'docker', file: 'docker:*' };
  return { name: input.name, ...(input.path !== '-' && { file: findPattern(input.path) }) };
}

/** The name as find's -name takes it: a pattern in which nothing is special. */
function findPattern(name: string): string {
  return name.replaceAll(/[\\*?[]/g, '\\$&');
}
