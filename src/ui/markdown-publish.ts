import type { ImageReport, ReportOutput } from '../convert/report.ts';
import {
  currentLink,
  directoryUrl,
  transferDirectory,
  versionsDirectory,
} from '../publish/transfer-file.ts';
import { versionedName, versionPattern } from '../publish/versioned-name.ts';
import { shellWord } from '../shell-command.ts';
import { block, code } from './markdown-syntax.ts';
import { remergeCommands } from './remerge-commands.ts';

/** How others get the image; undefined when it is not to be published. */
export function publishSteps(report: ImageReport): string | undefined {
  const { path, sums, sysupdate } = report.output;
  if (sums === undefined) return undefined;
  const where = sysupdate
    ? `the directory that is served as ${code(directoryUrl(sysupdate.url))}`
    : 'the directory that you serve';
  return [
    `Copy ${code(path)} and ${code(sums)} into ${where}, the list last. There, ${code(`sha256sum --check --ignore-missing ${sums}`)} tells whether all has arrived.`,
    ...(sysupdate ? sysupdateSteps(report, sysupdate) : []),
  ].join('\n\n');
}

function sysupdateSteps(
  report: ImageReport,
  { files }: NonNullable<ReportOutput['sysupdate']>,
): string[] {
  const { name } = report.output;
  const [upTo256 = '', from257 = ''] = files;
  const directory = transferDirectory(name);
  const update = [
    `sudo /usr/lib/systemd/systemd-sysupdate -C ${name} update`,
    ...remergeCommands(report),
  ];
  return [
    'On each node, once:',
    block(
      'sh',
      [
        // systemd-sysupdate makes the directory of the images, and not that of the link.
        'sudo mkdir -p /etc/extensions',
        ...files.map(file => `sudo install -D -m 0644 ${shellWord(file)} ${directory}/${file}`),
      ].join('\n'),
    ),
    `systemd up to 256 reads ${code(upTo256)}; 257 and later read ${code(from257)} and not the other. Then, for this version and each later one:`,
    block('sh', update.join('\n')),
    goBack(report),
    `systemd-sysupdate tells versions by the names of the files: ${code(versionPattern(extensionOf(report)))}. An extension called ${code(`${name}-SOMETHING`)} would match as well, so give each extension a directory of its own. The list is not signed unless you sign it: ${code(upTo256)} says what that means.`,
  ];
}

function goBack(report: ImageReport): string {
  const { name } = report.output;
  const hasOpt = report.mapping.some(({ to }) => to?.startsWith('opt/') === true);
  const directory = versionsDirectory({ name, hasOpt });
  const old = versionedName({ ...extensionOf(report), version: 'VERSION' });
  const commands = [
    `ls ${directory}`,
    `sudo ln -sfn ${directory}/${old} ${currentLink(name)}`,
    ...remergeCommands(report),
  ];
  return [
    'The last versions stay on the node. To go back to one of them, for as long as there is none that is newer than all that the node has:',
    block('sh', commands.join('\n')),
  ].join('\n\n');
}

function extensionOf({ output }: ImageReport) {
  const { ARCHITECTURE: architecture } = output.extensionRelease.fields;
  return { name: output.name, ...(architecture !== undefined && { architecture }) };
}
