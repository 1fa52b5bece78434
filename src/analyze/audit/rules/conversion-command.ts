import type { Selection } from '../selection.ts';
import type { ProfileImage } from '../torcx-json.ts';

/** The command that makes an extension of an image, with the file that Torcx would have taken. */
export function conversionCommand(
  { name, reference, remote }: ProfileImage,
  { storeFile }: Selection,
): string {
  const file = storeFile({ name, reference });
  if (file !== undefined) return `torcx2sysext ${shellWord(file)} ${shellWord(name)}`;
  const from =
    remote === undefined ? 'it is in no store here' : `fetch it from the remote ${remote}`;
  return `torcx2sysext ${shellWord(`${name}:${reference}.torcx.tgz`)} ${shellWord(name)} (${from})`;
}

function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
