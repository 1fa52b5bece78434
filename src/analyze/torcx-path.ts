/** What a Torcx path or variable stands for. */
export type TorcxMeaning =
  /** `/run/torcx/bin`, or the program `name` in it. */
  | { readonly kind: 'bin'; readonly name?: string }
  /**
   * `/run/torcx/unpack`, the image `image` below it, and the file or directory `path` of that image (no leading
   * slash). `imageDir`: the image is whatever TORCX_IMAGEDIR says.
   */
  | {
      readonly kind: 'unpack';
      readonly image?: string;
      readonly imageDir?: true;
      readonly path?: string;
    }
  /** TORCX_IMAGEDIR where it does not follow the unpack directory. */
  | { readonly kind: 'image-dir' }
  /** `/run/metadata/torcx`, the environment file that says that Torcx ran. */
  | { readonly kind: 'seal' }
  /** `torcx.target` or `run-torcx-unpack.mount`, or a directory of one such as `torcx.target.wants`. */
  | { readonly kind: 'target' }
  /** The applied profile: `/run/torcx/profile.json` or one of the profile variables. */
  | { readonly kind: 'profile' }
  /** `/run/torcx` itself, or a `path` below it that Torcx did not document. */
  | { readonly kind: 'run-dir'; readonly path?: string }
  /** Below `/etc/torcx`: Torcx's own configuration. */
  | { readonly kind: 'config'; readonly path?: string }
  /** Below `/var/lib/torcx`, `/usr/share/torcx` or `/usr/share/oem/torcx`: where Torcx kept images and profiles. */
  | { readonly kind: 'store'; readonly path?: string }
  /** The bare name of a variable: an assignment, `export`, a look-up by name. `TORCX_` alone means all of them. */
  | { readonly kind: 'name'; readonly variable: string };

/** Stands in a path for the directory that TORCX_IMAGEDIR names. */
export const IMAGE_DIR = '$TORCX_IMAGEDIR';

/** The components of an absolute path that Torcx knew, and what they mean. */
export function torcxPathMeaning(components: readonly string[]): TorcxMeaning | undefined {
  const [top, second, third, ...rest] = components;
  if (top === 'run' && second === 'metadata' && third === 'torcx') return { kind: 'seal' };
  if (top === 'run' && second === 'torcx') return runMeaning(third, rest);
  if (top === 'etc' && second === 'torcx') return below('config', components.slice(2));
  const isStore =
    (top === 'var' && second === 'lib' && third === 'torcx') ||
    (top === 'usr' && second === 'share' && third === 'torcx');
  if (isStore) return below('store', rest);
  const isOem = top === 'usr' && second === 'share' && third === 'oem' && rest[0] === 'torcx';
  return isOem ? below('store', rest.slice(1)) : undefined;
}

function runMeaning(place: string | undefined, rest: readonly string[]): TorcxMeaning {
  if (place === 'bin')
    return rest.length > 0 ? { kind: 'bin', name: rest.join('/') } : { kind: 'bin' };
  if (place === 'unpack') return unpackMeaning(rest);
  if (place === 'profile.json') return { kind: 'profile' };
  return below('run-dir', place === undefined ? [] : [place, ...rest]);
}

function unpackMeaning([image, ...path]: readonly string[]): TorcxMeaning {
  if (image === undefined) return { kind: 'unpack' };
  const named = image === IMAGE_DIR ? { imageDir: true as const } : { image };
  return path.length > 0
    ? { kind: 'unpack', ...named, path: path.join('/') }
    : { kind: 'unpack', ...named };
}

function below(kind: 'run-dir' | 'config' | 'store', path: readonly string[]): TorcxMeaning {
  return path.length > 0 ? { kind, path: path.join('/') } : { kind };
}
