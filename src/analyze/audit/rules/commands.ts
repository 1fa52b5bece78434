import { shellCommand, shellWord } from '../../../shell-command.ts';
import { parseUnitName, templateName } from '../../unit-name.ts';
import type { Node } from '../node.ts';
import type { Subject } from '../subject.ts';
import type { ProfileImage } from '../torcx-json.ts';

/** Takes the file or link away. */
export function removeCommand({ diskPath }: Pick<Subject, 'diskPath'>): string {
  return shellCommand(['rm', diskPath]);
}

/** Makes an extension of an image, from the file that Torcx would have taken. */
export function conversionCommand(
  { name, reference, remote }: Omit<ProfileImage, 'line'>,
  { selection, isPartlyUnknown }: Node,
): string {
  const file = selection.storeFile({ name, reference });
  if (file) return shellCommand(['torcx2sysext', file.diskPath, name]);
  const place = isPartlyUnknown ? 'it is in no store that could be read' : 'it is in no store here';
  const from = remote === undefined ? place : `fetch it from the remote ${remote}`;
  return `${shellCommand(['torcx2sysext', `${name}:${reference}.torcx.tgz`, name])} (${from})`;
}

/** Keeps an extension that Flatcar links to from being merged. */
export function maskCommand(name: string, node: Node): string {
  return linkCommand('/dev/null', node.onDisk(`/etc/extensions/${name}.raw`));
}

/** Makes a link, in the place of whatever is there. */
export function linkCommand(target: string, diskPath: string): string {
  return shellCommand(['ln', '-sfn', target, diskPath]);
}

/** Enables a unit on a target that is active already when the extension is merged (systemd 254 and newer). */
export function upholdCommand(target: string, name: string, node: Node): string {
  const directory = node.onDisk(`${target}.upholds`);
  // An instance has no file of its own, and the link needs its name.
  const parsed = parseUnitName(name);
  const file = (parsed && templateName(parsed)) ?? name;
  const link = shellCommand([
    'ln',
    '-s',
    `/usr/lib/systemd/system/${file}`,
    file === name ? `${directory}/` : `${directory}/${name}`,
  ]);
  return `mkdir -p ${shellWord(directory)} && ${link}`;
}
