import type { ImageReport } from '../convert/report.ts';
import { shellCommand, shellWord } from '../shell-command.ts';
import { clashingBuiltIns } from './built-in-extensions.ts';
import { isForFlatcar } from './host-words.ts';
import { block, code } from './markdown-syntax.ts';
import { remergeCommands } from './remerge-commands.ts';

/** Torcx's own configuration goes when the extension has proved itself, and from the selection down to the image. */
export function removeTorcx({ input }: ImageReport): string {
  const commands = [
    'sudo rm -f /etc/torcx/next-profile',
    `sudo grep -rlF ${shellWord(`"${input.name}"`)} /etc/torcx/profiles`,
    ...(input.path === '-'
      ? []
      : [`sudo find /var/lib/torcx/store -name ${shellWord(findPattern(input.path))}`]),
  ];
  return [
    `When the extension works, and in this order: first the choice of a profile, then the profiles that name ${code(input.name)}, then the image in the store. The other order leaves a choice that names nothing, and a release that still has Torcx fails over it at boot.`,
    block('sh', commands.join('\n')),
    `The second command lists the profiles: delete those that name nothing else, take the entry of ${code(input.name)} out of the others. The last one lists copies of the image; add ${code('-delete')} when you no longer want to go back. From Flatcar 3794 on nothing reads these files any more.`,
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
  const torcxAgain = isForFlatcar(report)
    ? [
        `On a release that still has Torcx, put ${code('/etc/torcx/next-profile')} back, delete the link to switch Torcx off, and reboot. The Torcx image itself was not changed by the conversion.`,
      ]
    : [];
  return [block('sh', commands.join('\n')), ...torcxAgain].join('\n\n');
}

/** The name as find's -name takes it: a pattern in which nothing is special. */
function findPattern(name: string): string {
  return name.replaceAll(/[\\*?[]/g, '\\$&');
}
