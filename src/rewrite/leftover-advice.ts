import type { TorcxMeaning } from '../analyze/torcx-path.ts';

const ADVICE: Readonly<Record<TorcxMeaning['kind'], string>> = {
  bin: 'write /usr/bin, with the name of the program behind it',
  unpack: "write each file's own path: the report lists where it went",
  'image-dir': 'write the path of the file that it was used for',
  seal: 'delete the command, and what asks whether the file is there; write /usr/bin for TORCX_BINDIR, and the own path of each file for TORCX_UNPACKDIR',
  target: 'delete it: the image is merged before anything of it starts',
  profile: 'ask systemd-sysext list for what is merged, or delete it',
  'run-dir': 'delete it, or take a directory of your own below /run',
  config: 'delete it',
  store: 'delete it; extensions lie in /etc/extensions',
  name: 'delete it, or set the variable in the text itself',
};

/** What somebody has to do by hand where a reference to Torcx is left. */
export function leftoverAdvice(meaning: TorcxMeaning, imageName: string): string {
  const image = meaning.kind === 'unpack' ? meaning.image : undefined;
  if (image === undefined || image === imageName) return ADVICE[meaning.kind];
  return `convert the image ${image} too, and write the path that its report gives for the file`;
}
